/*
 * The parts of a foreign annotation that can be repeated unchanged: terms defined by the Web Annotation context, with
 * values that expand without loss. Anything else would silently vanish for a JSON-LD reader, so it is written as JSON
 * below `casebook`.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const TYPES = words(`
  Annotation Dataset Image Video Audio Text TextualBody ResourceSelection SpecificResource FragmentSelector CssSelector XPathSelector
  TextQuoteSelector TextPositionSelector DataPositionSelector SvgSelector RangeSelector TimeState HttpRequestState CssStylesheet Choice
  Person Software Organization AnnotationCollection AnnotationPage Audience Motivation`);
const MOTIVATIONS = words(`
  bookmarking classifying commenting describing editing highlighting identifying linking moderating questioning replying reviewing
  tagging`);
const DIRECTIONS = words('auto ltr rtl');
/** Terms whose values are resources: IRIs, or objects. */
const RESOURCES = words(`
  body target source selector state scope refinedBy startSelector endSelector renderedVia creator generator rights homepage via canonical
  stylesheet cached conformsTo items partOf first last next prev audience`);
const LITERALS = words(`
  accessibility bodyValue format language processingLanguage value exact prefix suffix styleClass name email_sha1 nickname label created
  modified generated sourceDate sourceDateStart sourceDateEnd start end total startIndex`);

/** An IRI with a scheme, which JSON-LD does not resolve against anything. */
export const isAbsoluteIri = (value: string): boolean =>
  /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) && value.isWellFormed();

const every = (value: unknown, holds: (each: unknown) => boolean): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(holds) : holds(value);

const isWord = (list: ReadonlySet<string>) => (value: unknown) =>
  typeof value === 'string' && list.has(value);

/** Whether a property means the same in JSON and in JSON-LD. */
export function isPlain(name: string, value: unknown): boolean {
  if (name === 'id') return typeof value === 'string' && isAbsoluteIri(value);
  if (name === 'type') return every(value, isWord(TYPES));
  if (name === 'motivation' || name === 'purpose') return every(value, isWord(MOTIVATIONS));
  if (name === 'textDirection') return isWord(DIRECTIONS)(value);
  if (LITERALS.has(name))
    return every(value, (each) => ['string', 'number', 'boolean'].includes(typeof each));
  if (!RESOURCES.has(name)) return false;
  return every(value, (each) =>
    typeof each === 'string'
      ? isAbsoluteIri(each)
      : typeof each === 'object' &&
        each !== null &&
        !Array.isArray(each) &&
        Object.keys(each).length > 0 &&
        Object.entries(each).every(([key, part]) => isPlain(key, part)),
  );
}

/** Properties that identify an annotation and its representation; always rewritten. */
const OURS = words('id type canonical casebook');

export interface PlainParts {
  readonly plain: Readonly<Record<string, unknown>>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** The properties of a foreign annotation that can be repeated unchanged, and the others. */
export function plainParts(content: Readonly<Record<string, unknown>>): PlainParts {
  const plain: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(content)) {
    if (OURS.has(name)) continue;
    (isPlain(name, value) ? plain : rest)[name] = value;
  }
  return { plain, rest };
}
