import { pathTo, useAddress } from '../../address/address.js';
import { useDocuments, useIncidents } from '../../data/queries.js';
import { placeOf, type SearchHit, useAttachedTo } from '../../data/search.js';
import { useMay, useSession } from '../../data/session.js';
import { useTheme } from '../../look/theme.js';
import { strings as admin } from '../../strings/admin.js';
import { strings as frame } from '../../strings/frame.js';
import { strings } from '../../strings/search.js';
import { useLastSubject } from '../last-subject.js';

/** Something that Ctrl-K leads to. */
export interface Destination {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly go: () => void;
}

const MOST = 40;

/** Every word of what is typed is in the title or the kind. */
function fits({ title, kind }: Destination, words: string): boolean {
  const text = `${title} ${kind}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** All that fits what is typed: pages and actions, incidents and documents by their names, the rest as the search finds it. */
export function useDestinations(
  words: string,
  hits: readonly SearchHit[],
  showKeys: () => void,
): Destination[] {
  const { go } = useAddress();
  const pages = usePages();
  const actions = useActions(showKeys);
  const { data: incidents = [] } = useIncidents();
  const { data: documents = [] } = useDocuments();
  const { data: attached } = useAttachedTo();
  const hit = (
    each: Pick<SearchHit, 'kind' | 'id' | 'title' | 'incidentId' | 'documentId'>,
  ): Destination => ({
    id: `${each.kind} ${each.id}`,
    title: each.title,
    kind: strings.kinds[each.kind] ?? each.kind,
    go: () => go(...placeOf(each, attached)),
  });
  const named = [
    ...incidents.map(({ id, title = id }) => hit({ kind: 'incident', id, title })),
    ...documents.map(({ id, title = id }) => hit({ kind: 'document', id, title })),
  ];
  const known = [...pages, ...actions, ...named].filter((each) => words === '' || fits(each, words));
  const found = hits.map(hit).filter(({ id }) => !known.some((each) => each.id === id));
  const search: Destination[] =
    words === ''
      ? []
      : [
          {
            id: 'search',
            title: strings.searchFor(words),
            kind: strings.title,
            go: () => go(pathTo.search, { q: words }),
          },
        ];
  return [...known, ...found].slice(0, MOST).concat(search);
}

function usePages(): Destination[] {
  const { go } = useAddress();
  const { incident, document } = useLastSubject();
  const administers = useMay('administer');
  const page = (title: string, path: string): Destination => ({
    id: `page ${path}`,
    title,
    kind: strings.page,
    go: () => go(path),
  });
  return [
    page(frame.home, pathTo.home),
    ...(incident === undefined ? [] : [page(frame.incident, pathTo.incident(incident))]),
    ...(incident === undefined || document === undefined
      ? []
      : [page(frame.document, pathTo.document(incident, document))]),
    page(frame.search, pathTo.search),
    page(frame.audit, pathTo.audit),
    page(frame.compare, pathTo.compare),
    page(frame.admin, pathTo.admin),
    ...(administers
      ? Object.entries(admin.tab).map(([tab, word]) =>
          page(`${frame.admin}: ${word}`, `${pathTo.admin}/${tab}`),
        )
      : []),
  ];
}

function useActions(showKeys: () => void): Destination[] {
  const { asOf, change } = useAddress();
  const { leave } = useSession();
  const [, nextTheme] = useTheme();
  const action = (title: string, act: () => void): Destination => ({
    id: `action ${title}`,
    title,
    kind: strings.action,
    go: act,
  });
  return [
    action(strings.actions.showKeys, showKeys),
    action(strings.actions.nextTheme, nextTheme),
    ...(asOf === undefined ? [] : [action(strings.actions.returnToNow, () => change({ asOf: undefined }))]),
    action(strings.actions.signOut, () => void leave()),
  ];
}
