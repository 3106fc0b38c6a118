import { spawnSync } from 'node:child_process';

/* A second implementation of PROV: the Python package `prov`, where it is at hand. */

const COUNT = `
import json, sys, prov.model as model
document = model.ProvDocument.deserialize(sys.stdin, format='json')
counts = {}
for record in document.get_records():
    name = type(record).__name__
    counts[name] = counts.get(name, 0) + 1
again = model.ProvDocument.deserialize(content=document.serialize(format='json'), format='json')
print(json.dumps({'counts': counts, 'equal': document == again}))
`;

/** The Python that has it; `undefined`: none. */
export const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import prov.model'], { timeout: 60_000 }).status === 0,
);

/** How many records of each type it reads, and whether it writes what it read. */
export function readProv(text: string): { counts: Record<string, number>; equal: boolean } {
  const { stdout, stderr, status } = spawnSync(python!, ['-c', COUNT], { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as { counts: Record<string, number>; equal: boolean };
}
