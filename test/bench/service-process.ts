import 'reflect-metadata';
import { pino } from 'pino';
import { createApplication, openGround, openWithAdmin } from '../../apps/api/src/index.js';

/** The whole service as `serve` starts it, logging each request, but to nowhere. Its admin has the token given. Tells its address, then what it has used of the machine. */
const [url = '', token = ''] = process.argv.slice(2);
const ground = await openGround(url, {
  poolSize: 10,
  home: '.',
  origin: 'casebook.bench',
  signingSecrets: [Buffer.alloc(32, 7)],
});
const app = await createApplication(
  ground,
  pino({ level: 'info', base: null }, pino.destination('/dev/null')),
);
await app.listen(0, '127.0.0.1');
await openWithAdmin(ground.ledger, {
  workspaceId: 'default',
  admin: { id: 'admin', name: 'Administrator' },
  correlationId: 'bench',
  token,
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ micros: user + system, memoryMb: process.memoryUsage.rss() / 1e6 });
});
process.on('disconnect', () => {
  void app
    .close()
    .then(() => ground.close())
    .then(() => process.exit(0));
});
process.send!({ url: await app.getUrl() });
