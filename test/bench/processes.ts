import { spawn } from 'node:child_process';
import { nextMessage } from '@casebook/testing';
import { compileProgram } from './compiled.js';
import type { Contender, Driven, Opener } from './contender.js';
import { ended } from './http.js';

/** The clients' writers in one process apart from this one, and the same clients halved over two, all in one workspace. */
export const oneProcess: Opener = (url) => writers('one process', url, 1);
export const twoProcesses: Opener = (url) => writers('two processes', url, 2);

async function writers(name: string, url: string, count: number): Promise<Contender> {
  const path = compileProgram(['writer-process', 'incidents', 'contender']);
  const programs = Array.from({ length: count }, () =>
    spawn(process.execPath, [path, url, `processes-${count}`], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  for (const program of programs) await nextMessage(program);
  return {
    name,
    drive: async (clients, milliseconds) => {
      const driven = await Promise.all(
        programs.map((program) => {
          const answer = nextMessage<Driven>(program);
          program.send({ clients: clients / count, milliseconds });
          return answer;
        }),
      );
      return {
        latencies: driven.flatMap(({ latencies }) => latencies),
        seconds: Math.max(...driven.map(({ seconds }) => seconds)),
        nodeMicros: driven.reduce((sum, { nodeMicros }) => sum + nodeMicros, 0),
        memoryMb: Math.max(...driven.map(({ memoryMb = NaN }) => memoryMb)),
      };
    },
    close: async () => {
      await Promise.all(programs.map(ended));
    },
  };
}
