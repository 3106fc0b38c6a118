import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A CASEBOOK_HOME of its own, gone with this process: what is kept there belongs to one database. */
export function temporaryHome(): string {
  if (made.length === 0) {
    process.once('exit', () => {
      for (const home of made) rmSync(home, { recursive: true, force: true });
    });
  }
  const home = mkdtempSync(join(tmpdir(), 'casebook-home-'));
  // Under root PostgreSQL runs as another user, who has to pass through.
  chmodSync(home, 0o711);
  made.push(home);
  return home;
}
