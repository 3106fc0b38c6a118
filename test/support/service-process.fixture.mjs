import 'reflect-metadata';

// One service process on the database given, listening on a free port, which it tells its parent; SIGTERM stops it. Any message asks for its memory.
const [url = '', seed = '', home = '', api = '', roles = ''] = process.argv.slice(2);
/** @type {typeof import('../../apps/api/src/index.js')} */
const { createApplication, openResources } = await import(api);
const ground = await openResources(url, {
  poolSize: 10,
  home,
  origin: 'casebook.test',
  signingSecrets: [Buffer.alloc(32, Number(seed))],
  roles: /** @type {('serve' | 'follow' | 'read')[]} */ (roles.split(',')),
});
const app = await createApplication(ground);
await app.listen(0, '127.0.0.1');
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => ground.close())
    .then(() => process.exit(0));
});
process.on('message', () => process.send?.({ rss: process.memoryUsage.rss() }));
process.send?.({ url: await app.getUrl() });
