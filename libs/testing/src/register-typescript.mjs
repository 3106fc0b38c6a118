import { register } from 'node:module';

// `node --import <this file> program.ts` runs TypeScript of this repository as it is, aliases included: for Jest's global
// setup, benchmarks, and processes that tests start. It strips types and does not check them.
process.setSourceMapsEnabled(true);
register('./typescript-hooks.mjs', import.meta.url);
