/** The tags of the last recorded claim of an incident, which the next claim starts with. */
const keyOf = (incident: string): string => `casebook-tags ${incident}`;

export const rememberTags = (incident: string, tags: readonly string[]): void =>
  sessionStorage.setItem(keyOf(incident), JSON.stringify(tags));

export function rememberedTags(incident: string): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(incident)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
