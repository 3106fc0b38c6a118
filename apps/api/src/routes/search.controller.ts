import {
  SEARCH_PAGE_SIZE,
  searchResults,
  type SearchResults,
  searchQuery,
  workspaceId,
} from '@casebook/contracts';
import { SearchQueries } from '@casebook/views';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { Param, Query } from '../http/checked-parameters.js';
import { AnyMoment } from '../http/moments.guard.js';
import { FromViews } from '../http/positions.guard.js';
import { Reads } from './documentation.js';

/** Full-text search: docs/search.md. */
@ApiTags('search')
@Controller('v1/workspaces/:workspace/search')
export class SearchController {
  constructor(@Inject(SearchQueries) private readonly searches: SearchQueries) {}

  @Get()
  @Needs('read')
  @FromViews('search')
  @AnyMoment()
  @Reads(searchResults, {
    summary: 'Search documents, incidents and annotations, now or as they were',
    description:
      'All words of `q` must occur in one document (in a long one, in one passage), incident or annotation; case and accents are ignored. ' +
      'Results come in tiers: the newest thousand, best first; then the thousand before them. The view follows the ledger: `position` says how far it has got. ' +
      'A page may be short or empty while `next` is not null.',
    problems: ['bad-cursor'],
  })
  search(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: searchQuery })
    { limit = SEARCH_PAGE_SIZE, ...query }: z.infer<typeof searchQuery>,
  ): Promise<SearchResults> {
    return this.searches.search(workspace, { ...query, limit });
  }
}
