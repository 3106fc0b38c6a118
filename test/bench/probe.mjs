import inspector from 'node:inspector';
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// `node --import <this file> program`: lets whoever started the program with an IPC channel ask what it has used of the machine, and profile
// it from one moment to another. The program ends in order when its parent lets go of it.
/** How long the event loop was held, sampled every 5 ms: what a request that comes in between waits. */
const held = monitorEventLoopDelay({ resolution: 5 });
held.enable();

const session = new inspector.Session();
session.connect();
const post = (/** @type {string} */ method, /** @type {object} */ parameters = {}) =>
  new Promise((resolve, reject) =>
    session.post(method, parameters, (error, answer) => (error ? reject(error) : resolve(answer))),
  );

process.on(
  'message',
  async (/** @type {'usage' | 'collected' | 'profile' | { writeTo: string }} */ asked) => {
    if (asked === 'usage' || asked === 'collected') {
      if (asked === 'collected') await post('HeapProfiler.collectGarbage');
      const { user, system } = process.cpuUsage();
      const { rss, heapUsed } = process.memoryUsage();
      process.send?.({
        micros: user + system,
        memoryMb: rss / 1e6,
        // Of the main thread alone.
        heapMb: heapUsed / 1e6,
        heldMs: held.max / 1e6,
        mostMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
      });
      held.reset();
    } else if (asked === 'profile') {
      await post('Profiler.enable');
      await post('Profiler.setSamplingInterval', { interval: 500 });
      await post('Profiler.start');
      process.send?.('profiling');
    } else {
      const { profile } = await post('Profiler.stop');
      writeFileSync(asked.writeTo, JSON.stringify(profile));
      process.send?.('written');
    }
  },
);
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// A program that comes to its end by itself is not kept from it.
process.channel?.unref();
