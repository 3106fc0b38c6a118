import { useCallback, useMemo, useState } from 'react';
import { useAddress } from '../../address/address.js';
import { useAudit } from '../../data/audit.js';
import { useNames } from '../../data/queries.js';
import { useWriting } from '../../data/session.js';
import type { Change } from '../../data/types.js';
import { useKey } from '../../keys/keyboard.js';
import { Page } from '../../frame/page.js';
import { Button } from '../../parts/button.js';
import { EmptyState, Failure } from '../../parts/states.js';
import { useRows } from '../../parts/use-rows.js';
import { strings } from '../../strings/audit.js';
import { strings as frame } from '../../strings/frame.js';
import css from './audit.module.css';
import { FILTERS, useFilter } from './filter.js';
import { Filters } from './filters.js';
import { LedgerLine } from './ledger-line.js';
import { Line, momentOf } from './line.js';
import { type Proofs, useProofs } from '../../proof/proofs.js';
import { UndoDialog, type Undone } from './undo-dialog.js';
import { UndoMember } from './undo-member.js';

/** Who changed what, with before and after; the proofs checked by this browser; and undoing. */
export function AuditPage() {
  const { isSet, ...filter } = useFilter();
  const { asOf, change } = useAddress();
  const audit = useAudit(filter);
  const proofs = useProofs();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const changes = useMemo(() => data?.pages.flatMap((page) => page.changes), [data]);
  const clear = (): void => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  return (
    <Page title={strings.title} above={strings.lead}>
      <LedgerLine onTrust={proofs.forget} />
      <Filters isSet={isSet} />
      {error !== null && <Failure error={error} retry={refetch} />}
      {changes === undefined && error === null && <p aria-busy="true">{frame.loading}</p>}
      {changes?.length === 0 && !hasNextPage && (
        <EmptyState action={isSet && <Button onClick={clear}>{strings.clear}</Button>}>
          {isSet ? strings.noMatch : asOf === undefined ? strings.none : strings.noneThen}
        </EmptyState>
      )}
      {changes !== undefined && changes.length > 0 && (
        <Changes changes={changes} proofs={proofs} isWhole={!hasNextPage} />
      )}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? strings.loadingOlder : strings.older}
        </Button>
      )}
    </Page>
  );
}

interface ChangesProps {
  readonly changes: readonly Change[];
  readonly proofs: Proofs;
  readonly isWhole: boolean;
}

function Changes({ changes, proofs, isWhole }: ChangesProps) {
  const nameOf = useNames();
  const { go } = useAddress();
  const writing = useWriting();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [undoing, setUndoing] = useState<Undone>();
  const { list, current } = useRows<HTMLOListElement>('[data-position]');
  const toggle = useCallback(
    (position: number) =>
      setSelected((all) => {
        const next = new Set(all);
        if (!next.delete(position)) next.add(position);
        return next;
      }),
    [],
  );
  const undoOne = useCallback((position: number) => setUndoing({ positions: [position] }), []);
  const { prove } = proofs;
  const proveOne = useCallback((change: Change) => prove([change]), [prove]);
  const focused = (): Change | undefined =>
    changes.find(({ position }) => String(position) === current()?.dataset['position']);
  const withFocused = (act: (change: Change) => void) => (): false | void => {
    const change = focused();
    return change === undefined ? false : act(change);
  };
  useKey(
    'select',
    withFocused(({ position }) => toggle(position)),
    writing,
  );
  useKey('prove', withFocused(proveOne));
  useKey(
    'open',
    withFocused((change) => go(...momentOf(change))),
  );
  const undoSelected = (): void => setUndoing({ positions: [...selected].sort((a, b) => a - b) });
  useKey('undoSelected', undoSelected, writing && selected.size > 0);
  useKey('back', () => setSelected(new Set()), selected.size > 0);
  return (
    <>
      <Bar
        count={changes.length}
        isWhole={isWhole}
        proofs={proofs}
        onProveAll={() => prove(changes.filter(({ position }) => proofs.of(position) === undefined))}
        selected={selected.size}
        onUndo={undoSelected}
        onDeselect={() => setSelected(new Set())}
        onUndoMember={setUndoing}
      />
      <ol className={css['lines']} aria-label={strings.list} ref={list}>
        {changes.map((change) => (
          <Line
            key={change.position}
            change={change}
            nameOf={nameOf}
            proof={proofs.of(change.position)}
            onProve={proveOne}
            onSelect={writing ? toggle : undefined}
            onUndo={writing ? undoOne : undefined}
            selected={selected.has(change.position)}
          />
        ))}
      </ol>
      {undoing !== undefined && (
        <UndoDialog
          what={undoing}
          onClose={() => setUndoing(undefined)}
          onUndone={() => setSelected(new Set())}
        />
      )}
    </>
  );
}

interface BarProps {
  readonly count: number;
  readonly isWhole: boolean;
  readonly proofs: Proofs;
  readonly onProveAll: () => void;
  readonly selected: number;
  readonly onUndo: () => void;
  readonly onDeselect: () => void;
  readonly onUndoMember: (what: Undone) => void;
}

/** Actions on all lines or on the selected ones. */
function Bar({ count, isWhole, proofs, onProveAll, selected, onUndo, onDeselect, onUndoMember }: BarProps) {
  const writing = useWriting();
  const [choosing, setChoosing] = useState(false);
  return (
    <div className={css['toolbar']}>
      <output>
        {selected > 0
          ? strings.selected(selected)
          : isWhole
            ? strings.allShown(count)
            : strings.someShown(count)}
      </output>
      {selected > 0 && (
        <>
          <Button look="primary" keyName="undoSelected" onClick={onUndo}>
            {strings.undo}
          </Button>
          <Button keyName="back" onClick={onDeselect}>
            {strings.deselect}
          </Button>
        </>
      )}
      <span className={css['apart']} />
      {proofs.running === undefined ? (
        <Button onClick={onProveAll}>{strings.checkAll}</Button>
      ) : (
        <>
          <progress value={proofs.running.done} max={proofs.running.all} aria-label={strings.checking} />
          <output>{strings.checkedOf(proofs.running.done, proofs.running.all)}</output>
          <Button onClick={proofs.stop}>{strings.stopChecking}</Button>
        </>
      )}
      {writing && <Button onClick={() => setChoosing(true)}>{strings.undoMember}</Button>}
      {choosing && (
        <UndoMember
          onClose={() => setChoosing(false)}
          onChosen={(what) => {
            setChoosing(false);
            onUndoMember(what);
          }}
        />
      )}
    </div>
  );
}
