import {
  acceptSuggestion,
  type AcceptSuggestion,
  casualtiesView,
  type CasualtiesView,
  decidedSuggestion,
  dismissSuggestion,
  type DismissSuggestion,
  entityId,
  graphView,
  type GraphView,
  momentQuery,
  scorecardView,
  type ScorecardView,
  sourcesQuery,
  sourcesView,
  type SourcesView,
  suggestionsQuery,
  suggestionsView,
  type SuggestionsView,
  timelineView,
  type TimelineView,
  workspaceId,
} from '@casebook/contracts';
import { newId } from '@casebook/ledger';
import { AnalysisQueries } from '@casebook/views';
import { Controller, Get, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { SuggestionWrite } from '../commands/suggestion.handler.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Reads, Revalidates, Writes } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

function answered<T>(value: T | null): Tagged<T> {
  if (value === null) throw unknownIncident();
  return new Tagged(value);
}

const UNKNOWN = ['incident-unknown'] as const;
const DECISIONS = ['incident-unknown', 'incident-closed', 'suggestion-unknown'] as const;

/** Analyses of an incident, now or as it was: docs/analysis.md. */
@ApiTags('analysis')
@Controller('v1/workspaces/:workspace/incidents/:incident')
export class AnalysisController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(AnalysisQueries) private readonly analysis: AnalysisQueries,
  ) {}

  @Get('sources')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(sourcesView, {
    summary: 'Documents and independent sources behind each claim, position and annotation',
    description:
      'Two papers that print the same agency report count as one source. Each count names the claims and documents behind it.',
    problems: UNKNOWN,
  })
  async sources(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: sourcesQuery }) { asOf, annotationId }: z.infer<typeof sourcesQuery>,
  ): Promise<Tagged<SourcesView>> {
    const all = await this.analysis.sources(workspace, incident, asOf);
    if (all === null || annotationId === undefined) return answered(all);
    return answered({
      ...all,
      claims: all.claims.filter(({ claimId }) => claimId === annotationId),
      positions: all.positions.filter(({ disputeId }) => disputeId === annotationId),
      evidence: all.evidence.filter((each) => each.annotationId === annotationId),
    });
  }

  @Get('casualties')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(casualtiesView, {
    summary: 'Every figure stated for each attack: who states it and where; low, high, best',
    description:
      'Figures come from the claims that an attack names as evidence. Low and high are the smallest and largest figures stated; best is the analyst’s, or derived and marked as derived.',
    problems: UNKNOWN,
  })
  async casualties(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<CasualtiesView>> {
    return answered(await this.analysis.casualties(workspace, incident, asOf));
  }

  @Get('scorecard')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(scorecardView, {
    summary: 'Each warning beside its attacks: specificity, lead time, disclosure, disputes, who was told',
    description:
      'Lead time is in UTC calendar days: the shortest and the longest that the two dates allow. A warning is contested while a dispute about it, its link or its evidence is open.',
    problems: UNKNOWN,
  })
  async scorecard(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<ScorecardView>> {
    return answered(await this.analysis.scorecard(workspace, incident, asOf));
  }

  @Get('timeline')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(timelineView, {
    summary: 'Warnings and attacks by date, each with the earliest and latest instant that its date allows',
    description:
      'Sorted by these bounds. Dates are EDTF, so “2024-01” is the whole month, bounded by its first and last instant.',
    problems: UNKNOWN,
  })
  async timeline(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<TimelineView>> {
    return answered(await this.analysis.timeline(workspace, incident, asOf));
  }

  @Get('graph')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(graphView, {
    summary: 'Warnings and attacks as nodes, links as edges, for any client to draw',
    description:
      'Each edge has its relation, assessment and confidence, and says whether a dispute contests it.',
    problems: UNKNOWN,
  })
  async graph(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<GraphView>> {
    return answered(await this.analysis.graph(workspace, incident, asOf));
  }

  @Get('suggestions')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(suggestionsView, {
    summary: 'Possible oversights, and the decisions about them',
    description:
      'Suggestions are computed. A suggestion keeps its id while its facts stay the same; a dismissed one stays dismissed until they change.',
    problems: UNKNOWN,
  })
  async suggestions(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: suggestionsQuery }) { asOf, state = 'open' }: z.infer<typeof suggestionsQuery>,
  ): Promise<Tagged<SuggestionsView>> {
    const all = await this.analysis.suggestions(workspace, incident, asOf);
    return answered(
      all && { ...all, suggestions: all.suggestions.filter((suggestion) => suggestion.state === state) },
    );
  }

  @Post('suggestions/:suggestion/acceptance')
  @Needs('annotate')
  @Writes(
    false,
    {
      summary: 'Accept a suggestion; contradictory figures are raised as a dispute',
      description:
        'The decision and its consequences are one commit. The suggestion’s `state` is then `accepted`.',
      problems: DECISIONS,
    },
    decidedSuggestion,
  )
  async accept(
    @Param('incident', { schema: entityId }) incident: string,
    @Param('suggestion', { schema: entityId }) suggestion: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: acceptSuggestion }) body: AcceptSuggestion,
  ): Promise<Written> {
    const decision = { outcome: 'accepted', disputeId: newId(), ...body } as const;
    const { answer, replayed } = await this.commands.execute(
      new SuggestionWrite(request, incident, suggestion, decision, body),
    );
    return new Written(answer, { replayed });
  }

  @Post('suggestions/:suggestion/dismissal')
  @Needs('annotate')
  @Writes(
    false,
    {
      summary: 'Dismiss a suggestion: it stays dismissed until its facts change',
      description:
        'The decision is an event with its reason. If the facts change, a new suggestion with a new id is open.',
      problems: DECISIONS,
    },
    decidedSuggestion,
  )
  async dismiss(
    @Param('incident', { schema: entityId }) incident: string,
    @Param('suggestion', { schema: entityId }) suggestion: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: dismissSuggestion }) body: DismissSuggestion,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(
      new SuggestionWrite(request, incident, suggestion, { outcome: 'dismissed', ...body }, body),
    );
    return new Written(answer, { replayed });
  }
}
