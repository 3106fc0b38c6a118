import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The order of the cascade, the weakest first: look/tokens.css states it as well, for the development server. */
const LAYERS = '@layer tokens, base, library, parts, pages;\n';

/** States the order in every stylesheet: the first that a page loads decides it, and that may be any of them. */
const layersFirst = {
  name: 'layers-first',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = LAYERS + file.source;
  },
};

/** `npm run console:dev` serves the sources beside a running service, which answers what is asked of `/v1`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [layersFirst],
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
