import { fieldsOf } from '@casebook/testing';
import type { AnnotationKind } from '@casebook/contracts';
import fc from 'fast-check';
import { merge } from './merge.js';
import { applied, realChanges, whole } from './revision.js';

describe('a merge of two changes of one base', () => {
  test('changes of different fields are both kept', () => {
    expect(merge('attack', { summary: 'a' }, { summary: 'b' }, { claimedBy: 'x' })).toEqual({
      changes: { claimedBy: 'x' },
      theirs: ['summary'],
      combined: [],
      conflicts: [],
    });
  });

  test('changes of one field to different values are a conflict, with all three values', () => {
    const merged = merge('attack', { summary: 'a' }, { summary: 'b' }, { summary: 'c', claimedBy: 'x' });
    expect(merged.conflicts).toEqual([{ field: 'summary', base: 'a', theirs: 'b', yours: 'c' }]);
  });

  test('clearing what somebody else changed is a conflict, and so is changing what somebody else cleared', () => {
    expect(
      merge('attack', { summary: 'a', claimedBy: 'x' }, { summary: 'a', claimedBy: 'y' }, { claimedBy: null })
        .conflicts,
    ).toEqual([{ field: 'claimedBy', base: 'x', theirs: 'y', yours: null }]);
    expect(
      merge('attack', { summary: 'a', claimedBy: 'x' }, { summary: 'a' }, { claimedBy: 'z' }).conflicts,
    ).toEqual([{ field: 'claimedBy', base: 'x', theirs: null, yours: 'z' }]);
  });

  test('the same change by both is no conflict and changes nothing', () => {
    expect(merge('attack', { summary: 'a' }, { summary: 'b' }, { summary: 'b' })).toEqual({
      changes: {},
      theirs: ['summary'],
      combined: [],
      conflicts: [],
    });
  });

  test('a field that is sent as it was read is not a change, so theirs stays', () => {
    expect(
      merge('attack', { summary: 'a' }, { summary: 'b' }, { summary: 'a', claimedBy: 'x' }),
    ).toMatchObject({
      changes: { claimedBy: 'x' },
      conflicts: [],
    });
  });

  test('sets take what either side added and leave what either side took out', () => {
    const merged = merge('claim', { tags: ['a', 'b'] }, { tags: ['b', 'c'] }, { tags: ['a', 'b', 'd'] });
    expect(merged).toMatchObject({ changes: { tags: ['b', 'c', 'd'] }, combined: ['tags'], conflicts: [] });
    expect(merge('claim', { tags: ['a'] }, { tags: ['a', 'b'] }, { tags: null }).changes).toEqual({
      tags: ['b'],
    });
    expect(merge('claim', { tags: ['a', 'b'] }, { tags: ['a'] }, { tags: ['b'] }).changes).toEqual({
      tags: [],
    });
  });

  test('lists in which order tells something are not taken apart', () => {
    const asserters = (...names: string[]) => ({ asserters: names.map((name) => ({ name })) });
    const merged = merge('claim', asserters('a'), asserters('a', 'b'), asserters('c', 'a'));
    expect(merged.conflicts.map(({ field }) => field)).toEqual(['asserters']);
  });

  test('parts that different sides changed are both kept', () => {
    const toll = (best: number) => ({ best });
    const base = { casualties: { killed: toll(9) } };
    expect(
      merge(
        'attack',
        base,
        { casualties: { killed: toll(9), wounded: toll(30) } },
        { casualties: { killed: toll(11) } },
      ),
    ).toMatchObject({
      changes: { casualties: { killed: toll(11), wounded: toll(30) } },
      combined: ['casualties'],
      conflicts: [],
    });
    expect(
      merge('warning', {}, { specificity: { when: 'vague' } }, { specificity: { how: 'stated' } }).changes,
    ).toEqual({ specificity: { when: 'vague', how: 'stated' } });
    expect(
      merge(
        'warning',
        { specificity: { when: 'vague', who: 'none' } },
        { specificity: { when: 'stated' } },
        { specificity: { when: null } },
      ).conflicts,
    ).toEqual([
      {
        field: 'specificity',
        base: { when: 'vague', who: 'none' },
        theirs: { when: 'stated' },
        yours: { who: 'none' },
      },
    ]);
  });

  test('what one side cleared whole and the other changed a part of is a conflict', () => {
    const base = { specificity: { when: 'vague' } };
    expect(
      merge('warning', base, {}, { specificity: { how: 'stated' } }).conflicts.map(({ field }) => field),
    ).toEqual(['specificity']);
    expect(
      merge('warning', base, { specificity: { when: 'none' } }, { specificity: null }).conflicts.map(
        ({ field }) => field,
      ),
    ).toEqual(['specificity']);
  });

  test('a set that both sides’ items would make too large, or too small, is a conflict', () => {
    const tags = (from: number, to: number) => ({
      tags: Array.from({ length: to - from }, (_, at) => `tag ${from + at}`),
    });
    expect(merge('claim', {}, tags(0, 30), tags(30, 60)).conflicts.map(({ field }) => field)).toEqual([
      'tags',
    ]);
    const [one, two] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
    expect(
      merge('dispute', { targets: [one, two] }, { targets: [one] }, { targets: [two] }).conflicts.map(
        ({ field }) => field,
      ),
    ).toEqual(['targets']);
  });
});

const KINDS: AnnotationKind[] = ['claim', 'warning', 'attack', 'link', 'dispute', 'comment'];

/** A base, and two changes of it that touch different fields; values come from other valid fields of the kind, or clear. */
const disjoint = fc.constantFrom(...KINDS).chain((kind) => {
  const fields = fieldsOf()[kind] as fc.Arbitrary<Record<string, unknown>>;
  return fc
    .record({
      base: fields,
      other: fields,
      sides: fc.array(fc.constantFrom('mine', 'theirs', 'nobody'), { minLength: 12, maxLength: 12 }),
    })
    .map(({ base, other, sides }) => {
      const names = Object.keys({ ...base, ...other }).sort();
      const of = (side: string) =>
        Object.fromEntries(
          names
            .filter((_, at) => sides[at % sides.length] === side)
            .map((name) => [name, other[name] ?? null]),
        );
      return { kind, base, mine: of('mine'), theirs: of('theirs') };
    });
});

const revised = (fields: object, changes: object): object => applied(fields, whole(fields, changes));

test('where the two sides change different fields, it does not matter who comes first, and nothing is lost', () => {
  fc.assert(
    fc.property(disjoint, ({ kind, base, mine, theirs }) => {
      const first = revised(base, theirs);
      const second = revised(base, mine);
      const mineLast = merge(kind, base, first, mine);
      const theirsLast = merge(kind, base, second, theirs);
      expect([...mineLast.conflicts, ...theirsLast.conflicts]).toEqual([]);
      const result = applied(first, mineLast.changes);
      expect(result).toEqual(applied(second, theirsLast.changes));
      expect(result).toEqual(revised(revised(base, theirs), mine));
    }),
  );
});

test('a change that nobody else came before is merged to itself', () => {
  fc.assert(
    fc.property(disjoint, ({ kind, base, mine }) => {
      const merged = merge(kind, base, base, mine);
      expect(merged).toMatchObject({ theirs: [], combined: [], conflicts: [] });
      expect(realChanges(base, merged.changes)).toEqual(realChanges(base, whole(base, mine)));
    }),
  );
});

test('sets merge to the same set in either order', () => {
  const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
  fc.assert(
    fc.property(tags, tags, tags, (base, mine, theirs) => {
      const one = merge('claim', { tags: base }, { tags: theirs }, { tags: mine });
      const two = merge('claim', { tags: base }, { tags: mine }, { tags: theirs });
      const sorted = (fields: { tags?: string[] }) => [...(fields.tags ?? [])].sort();
      expect(sorted(applied({ tags: theirs }, one.changes))).toEqual(
        sorted(applied({ tags: mine }, two.changes)),
      );
    }),
  );
});
