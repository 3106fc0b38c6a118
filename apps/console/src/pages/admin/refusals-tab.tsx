import { useRefusals } from '../../data/admin.js';
import { useNames } from '../../data/queries.js';
import { useMay } from '../../data/session.js';
import { Button } from '../../parts/button.js';
import { EmptyState, Loaded } from '../../parts/states.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';

/** Refused attempts, latest first. */
export function RefusalsTab() {
  const oversees = useMay('oversee');
  const refusals = useRefusals(oversees);
  const nameOf = useNames();
  if (!oversees) return <EmptyState>{strings.notOverseer}</EmptyState>;
  return (
    <>
      <p className={css['lead']}>{strings.refusalsLead}</p>
      <Loaded query={refusals}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <EmptyState>{strings.noRefusals}</EmptyState>;
          return (
            <ol className={css['rows']} aria-label={strings.tab.refusals}>
              {items.map(({ lastAt, count, code, method, route, address, member }, index) => (
                <li key={`${lastAt} ${index}`} className={css['row']}>
                  <div>
                    <p className={css['name']}>
                      <strong>{code}</strong> <code>{`${method} ${route}`}</code>
                    </p>
                    <p className={css['meta']}>
                      <time dateTime={lastAt}>{atMinute(lastAt)}</time>
                      <span>{strings.times(count)}</span>
                      <span>{address}</span>
                      {member !== undefined && <span dir="auto">{nameOf(member)}</span>}
                    </p>
                  </div>
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
      {refusals.hasNextPage && (
        <Button disabled={refusals.isFetchingNextPage} onClick={() => void refusals.fetchNextPage()}>
          {strings.more}
        </Button>
      )}
    </>
  );
}
