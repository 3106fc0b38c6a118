import { answerOf } from '@casebook/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Projection, useProjections } from '../../data/admin.js';
import { casebook } from '../../data/casebook.js';
import { sentenceOf } from '../../data/problems.js';
import { useMay } from '../../data/session.js';
import { Button } from '../../parts/button.js';
import { Chip } from '../../parts/chip.js';
import { EmptyState, Loaded } from '../../parts/states.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';

/** The progress and errors of each view, and rebuilding one. */
export function ViewsTab() {
  const administers = useMay('administer');
  const projections = useProjections(administers);
  if (!administers) return <EmptyState>{strings.notYours}</EmptyState>;
  return (
    <>
      <p className={css['lead']}>{strings.viewsLead}</p>
      <Loaded query={projections}>
        {({ items }) => (
          <ul className={css['rows']} aria-label={strings.viewList}>
            {items.map((projection) => (
              <ViewRow key={`${projection.view} ${projection.version}`} projection={projection} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

function useAct(act: (view: string) => Promise<unknown>) {
  const queries = useQueryClient();
  const { failed } = useToasts();
  return useMutation({
    mutationFn: act,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['projections'] }),
    onError: (error) => failed(sentenceOf(error)),
  });
}

function ViewRow({ projection }: { readonly projection: Projection }) {
  const { view, version, mode, status, position, lag, error, failedPosition, failedType, rebuild } =
    projection;
  const rebuilds = useAct((name) =>
    answerOf(casebook.api.POST('/v1/admin/projections/{view}/rebuild', { params: { path: { view: name } } })),
  );
  const undoes = useAct((name) =>
    answerOf(casebook.api.POST('/v1/admin/projections/{view}/undo', { params: { path: { view: name } } })),
  );
  const building = rebuild?.status === 'building';
  return (
    <li className={css['row']}>
      <div>
        <p className={css['name']}>
          <strong>{view}</strong> <small>v{version}</small>
          <Chip status={status === 'failed' ? 'disputed' : status === 'detached' ? 'hedged' : 'settled'}>
            {strings.status[status]}
          </Chip>
        </p>
        <p className={css['meta']}>{strings.upTo(position, lag)}</p>
        {error !== null && (
          <div className={css['fault']}>
            <p>{strings.failedAt(failedPosition, failedType)}</p>
            <code>{error}</code>
          </div>
        )}
        {rebuild !== null && <RebuildState rebuild={rebuild} />}
      </div>
      {mode !== 'unknown' && (
        <div className={css['doing']}>
          {rebuild?.status === 'done' && (rebuild.replaced ?? 0) > 0 && (
            <Button
              disabled={undoes.isPending}
              aria-label={strings.takeBackLabel(view)}
              onClick={() => undoes.mutate(view)}
            >
              {strings.takeBack}
            </Button>
          )}
          <Button
            disabled={building || rebuilds.isPending}
            aria-label={strings.rebuildLabel(view)}
            onClick={() => rebuilds.mutate(view)}
          >
            {strings.rebuild}
          </Button>
        </div>
      )}
    </li>
  );
}

function RebuildState({ rebuild }: { readonly rebuild: NonNullable<Projection['rebuild']> }) {
  const { status, events, total, replaced, error } = rebuild;
  if (status === 'building')
    return (
      <div className={css['meta']}>
        <progress value={events} max={Math.max(1, total)} aria-label={strings.rebuild} />
        <output>{strings.rebuilding(events, total)}</output>
      </div>
    );
  return (
    <output className={status === 'failed' ? css['fault'] : css['meta']}>
      {status === 'done'
        ? strings.rebuilt(replaced)
        : status === 'failed'
          ? strings.rebuildFailed(error)
          : strings.rebuildUndone}
    </output>
  );
}
