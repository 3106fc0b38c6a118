import './register-typescript.mjs';

/** Jest's globalTeardown: runs in the process of the global setup, and finds its server there. */
export default async function tearDown() {
  const { stopTestServer } = await import('./test-server.ts');
  await stopTestServer();
}
