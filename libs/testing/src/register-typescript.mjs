import { register } from 'node:module';

// `node --import <this file> program.ts` runs TypeScript of this repository as it is, aliases included: for Jest's global
// setup, benchmarks, and processes that tests start. It strips types and does not check them.
process.setSourceMapsEnabled(true);
// From Node 26 on `register` is deprecated (DEP0205) in favour of hooks that Node 20 does not have. Tests read standard error.
const { noDeprecation } = process;
process.noDeprecation = true;
register('./typescript-hooks.mjs', import.meta.url);
process.noDeprecation = noDeprecation;
