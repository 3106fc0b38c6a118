import './register-typescript.mjs';

/** Jest's globalSetup. A module of its own kind because Jest does not compile a global setup that is an ES module. */
export default async function setUp() {
  const { startTestServer } = await import('./test-server.ts');
  await startTestServer();
}
