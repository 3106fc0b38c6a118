import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** `npm run console:dev` serves the sources beside a running service, which answers what is asked of `/v1`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: {
    alias: {
      '@casebook/client': fileURLToPath(new URL('../../libs/client/src/index.ts', import.meta.url)),
    },
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    reportCompressedSize: false,
  },
  server: { proxy: { '/v1': process.env['CASEBOOK_URL'] ?? 'http://127.0.0.1:3000' } },
});
