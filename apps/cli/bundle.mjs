import { renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

// Joins what the compiler made, and the packages of many small modules, in few files: Node reads 2,600 files for a service otherwise,
// which takes two thirds of a command's time. Other packages stay where they are: some look for files beside their own.
const JOINED =
  /^(@nestjs\/(common|core|cqrs|mapped-types|platform-fastify|swagger)|commander|csv-[a-z]+|edtf|es-toolkit|iterare|jose|rxjs|zod)(\/|$)/;

const root = fileURLToPath(new URL('../../', import.meta.url));
const compiled = (path) => `${root}dist/${path}`;
const bundle = await rolldown({
  cwd: root,
  input: {
    main: compiled('apps/cli/src/main.js'),
    api: compiled('apps/api/src/index.js'),
    'extraction.worker': compiled('libs/exchange/src/documents/extraction.worker.js'),
  },
  platform: 'node',
  external: (id, importer) => !/^[./]/.test(id) && !JOINED.test(id) && importer !== undefined,
});
// Built aside and moved into place, so that two processes that build at the same time do not spoil each other's files.
const [built, aside] = [`${root}dist/casebook`, `${root}dist/casebook.${process.pid}`];
await bundle.write({ dir: aside, format: 'esm', keepNames: true });
rmSync(built, { recursive: true, force: true });
renameSync(aside, built);
