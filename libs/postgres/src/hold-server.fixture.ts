import { startEmbeddedPostgres } from './embedded.js';

// Holds a server in the directory given and tells its parent how to reach it; SIGTERM stops both. With `exit` as the second
// argument this process ends at once, without stopping the server.
const [directory, then] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({ directory: directory ?? '' });
  process.send?.({ url: server.url, pid: server.pid }, () => {
    if (then === 'exit') process.exit(0);
  });
  // A server keeps no process alive; listening to the parent does.
  process.on('message', () => undefined);
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  process.send?.({ error: (error as Error).message }, () => process.exit(1));
}
