import { useEffect } from 'react';
import { subjectOf, useAddress } from '../address/address.js';

const KEY = 'casebook-last-subject';
type Subject = ReturnType<typeof subjectOf>;

const kept = (): Subject => {
  try {
    return (JSON.parse(sessionStorage.getItem(KEY) ?? '{}') ?? {}) as Subject;
  } catch {
    return {};
  }
};

/** The incident and the document that this tab looked at last: where `g i` and `g d` lead. */
export function useLastSubject(): Subject {
  const { path } = useAddress();
  const before = kept();
  const here = subjectOf(path);
  const document = here.document ?? (before.incident === here.incident ? before.document : undefined);
  const last =
    here.incident === undefined ? before : { ...here, ...(document !== undefined && { document }) };
  const text = JSON.stringify(last);
  useEffect(() => sessionStorage.setItem(KEY, text), [text]);
  return last;
}
