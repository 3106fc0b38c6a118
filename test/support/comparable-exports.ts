type Json = Record<string, any>;

/** What is decided again by the member who imports, and when. */
const DECIDED_AGAIN = [
  'by',
  'at',
  'decidedBy',
  'decidedAt',
  'retracted_by',
  'retracted_at',
  'decided_by',
  'decided_at',
];
const decidedElsewhere = (key: string, value: unknown): unknown =>
  DECIDED_AGAIN.includes(key) ? undefined : value;

/** A Web Annotation export without addresses, which name the incident, and without who decided again what was decided elsewhere, and when. */
export function comparableAnnotations(text: string): unknown {
  const { first, total } = JSON.parse(text) as { first: { items: Json[] }; total: number };
  const names = new Map(first.items.map(({ id, canonical }) => [id as string, canonical as string]));
  const items = first.items.map(({ id: _, modified: __, ...item }) =>
    JSON.parse(
      JSON.stringify(item, (key, value: unknown) => {
        if (typeof value !== 'string') return decidedElsewhere(key, value);
        if (DECIDED_AGAIN.includes(key)) return undefined;
        return (
          names.get(value) ??
          value
            .replace(/\/incidents\/[0-9a-f-]{36}$/, '/incidents/x')
            .replace(/\/workspaces\/[a-z0-9-]+\//, '/workspaces/x/')
        );
      }),
    ),
  );
  return { total, items };
}

/** The same of a STIX bundle: also without the times of documents, which belong to the library, and the member who opened the incident. */
export function comparableBundle(text: string): unknown {
  const { objects } = JSON.parse(text) as { objects: Json[] };
  const grouping = objects.find(
    ({ type, extensions }) => type === 'grouping' && ownOf({ extensions })?.kind === 'incident',
  )!;
  const creators = new Set(
    objects.filter((each) => each !== grouping).map(({ created_by_ref: creator }) => creator as unknown),
  );
  return objects
    .filter(({ type, id }) => type !== 'identity' || creators.has(id))
    .map((object): Json => {
      const own = ownOf(object);
      const { created, modified, published, created_by_ref: creator, ...rest } = object;
      if (own?.kind === 'incident') return rest;
      const isDecided = own?.retraction !== undefined || own?.resolution !== undefined;
      if (own?.kind === 'document') {
        const { attached_at: _, ...others } = own;
        return { ...rest, created_by_ref: creator, own: others, extensions: undefined };
      }
      return { ...rest, created, published, created_by_ref: creator, ...(!isDecided && { modified }) };
    })
    .map(
      (object) =>
        JSON.parse(
          JSON.stringify(object, (key, value: unknown) =>
            value === grouping['id'] ? 'grouping' : decidedElsewhere(key, value),
          ),
        ) as Json,
    )
    .sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
}

const ownOf = ({ extensions }: Json): Json | undefined =>
  Object.entries((extensions ?? {}) as Record<string, Json>).find(
    ([, { kind }]) => typeof kind === 'string',
  )?.[1];
