import { createRequire } from 'node:module';

// Threads run outside of Jest's module system, so those that start from TypeScript get the loader that other processes of tests have.
// Loading it in Jest's own processes would keep them from ending. Required, as an import would fix what it exports before this.
const threads = createRequire(import.meta.url)('node:worker_threads');
const loader = new URL('./register-typescript.mjs', import.meta.url).href;
const { Worker } = threads;

threads.Worker = class extends Worker {
  constructor(file, options) {
    super(file, String(file).endsWith('.ts') ? { ...options, execArgv: ['--import', loader] } : options);
  }
};
