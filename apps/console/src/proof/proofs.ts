import { useCallback, useMemo, useRef, useState } from 'react';
import { useMe } from '../data/session.js';
import { sentenceOf } from '../data/problems.js';
import type { Change } from '../data/types.js';
import { useToasts } from '../parts/toast.js';
import { proveLine, type Proved } from './check.js';

export type LineProof = Proved | 'checking' | undefined;

export interface Proofs {
  readonly of: (position: number) => LineProof;
  readonly prove: (lines: readonly Change[]) => void;
  readonly stop: () => void;
  readonly running: { readonly done: number; readonly all: number } | undefined;
  readonly forget: () => void;
}

/** The checks made on this page: nothing counts as proved unless it was checked here. */
export function useProofs(): Proofs {
  const { workspace } = useMe();
  const { failed } = useToasts();
  const [proofs, setProofs] = useState<ReadonlyMap<number, LineProof>>(new Map());
  const [running, setRunning] = useState<Proofs['running']>();
  const round = useRef(0);

  const put = useCallback(
    (position: number, proof: LineProof) => setProofs((all) => new Map(all).set(position, proof)),
    [],
  );
  const prove = useCallback(
    (lines: readonly Change[]) => {
      const own = ++round.current;
      void (async () => {
        for (const [done, line] of lines.entries()) {
          if (own !== round.current) return;
          if (lines.length > 1) setRunning({ done, all: lines.length });
          put(line.position, 'checking');
          try {
            put(line.position, await proveLine(workspace, line));
          } catch (error) {
            put(line.position, undefined);
            failed(sentenceOf(error));
            break;
          }
        }
        if (own === round.current) setRunning(undefined);
      })();
    },
    [workspace, put, failed],
  );
  return useMemo(
    () => ({
      of: (position) => proofs.get(position),
      prove,
      stop: () => {
        round.current += 1;
        setRunning(undefined);
      },
      running,
      forget: () => setProofs(new Map()),
    }),
    [proofs, prove, running],
  );
}
