import { searchTerms } from './search-terms.js';
import { asked } from './term-index.js';

const nothing = { person: [], place: [] };

describe('what a search is ranked by', () => {
  it('is any of its words, each once, whatever must stand together: ts_rank compares all pairs of places otherwise', () => {
    const { ranked, whole } = asked(
      searchTerms('q', 'rockets "rockets on tarrick" warn* -drill'),
      nothing,
      [],
    );
    expect(ranked).toBe("'rockets' | 'on' | 'tarrick' | 'warn':*");
    expect(whole).toContain('<->');
  });

  it('is nothing where only exclusions and filters are asked for', () => {
    expect(asked(searchTerms('q', '-drill'), nothing, ['=kind claim']).ranked).toBeNull();
  });
});
