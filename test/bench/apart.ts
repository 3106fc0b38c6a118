import { spawn } from 'node:child_process';
import { nextMessage } from '@casebook/testing';
import { compileProgram } from './compiled.js';
import type { Driven, Opener } from './contender.js';
import { ended } from './http.js';
import type { readings } from './reads.js';

/**
 * A contender of `reads.ts` in a process of its own. In one with Emmett's, whatever a read leaves outlives the young generation: each of
 * casebook's paid for garbage that is not its own.
 */
export const apart =
  (reading: keyof typeof readings): Opener =>
  async (url, clients) => {
    const path = compileProgram(['reading-process', 'reads', 'casebook', 'emmett', 'contender']);
    const program = spawn(process.execPath, [path, reading, url, String(clients)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return {
      name: await nextMessage<string>(program),
      drive: (ofRound, milliseconds) => {
        const driven = nextMessage<Driven>(program);
        program.send({ clients: ofRound, milliseconds });
        return driven;
      },
      close: () => ended(program),
    };
  };
