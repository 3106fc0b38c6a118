import { startEmbeddedPostgres } from './embedded.js';

// Runs a server in the given directory and sends its URL to the parent; SIGTERM stops both. With `exit` as
// the second argument this process ends at once, without stopping the server.
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
