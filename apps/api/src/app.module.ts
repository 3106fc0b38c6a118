import { Checkpoints, Ledger, type Policy, type SignedRecord, type WakeUps } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { ProgressWatch, ProjectionQueries, type Runner } from '@casebook/projections';
import {
  AccessQueries,
  AnalysisQueries,
  ChangeQueries,
  HistoryQueries,
  IncidentProofs,
  IncidentQueries,
  IncidentSources,
  LibraryQueries,
  MemberQueries,
  PastLists,
  projections,
  RevisionQueries,
  SearchQueries,
  UndoQueries,
  WorkspaceDifferences,
} from '@casebook/views';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { Access } from './access/access.guard.js';
import { Oidc, type OidcSettings } from './access/oidc.js';
import { READING } from './access/visibility.js';
import { Refusals } from './access/refusals.js';
import { AnnotationProtocol } from './commands/exchange/annotation-protocol.js';
import { CarryingOver } from './commands/exchange/carry-over.js';
import { Collections } from './taxii/collections.js';
import { ExchangeImporter } from './commands/exchange/exchange-import.js';
import { AnnotationImporter } from './commands/annotation-import.js';
import { BatchHandler } from './commands/batch.handler.js';
import { Committing } from './commands/commit.js';
import { DocumentFiles } from './commands/document-files.js';
import { DocumentHandler } from './commands/document.handler.js';
import { ErasureHandler } from './commands/erasure.handler.js';
import { IncidentHandler } from './commands/incident.handler.js';
import { MembersHandler } from './commands/members.handler.js';
import { SuggestionHandler } from './commands/suggestion.handler.js';
import { Proposals } from './commands/proposals.js';
import { Rebuilds } from './commands/rebuilds.js';
import { Merging } from './commands/merging.js';
import { UndoHandler } from './commands/undo.handler.js';
import { Readiness } from './readiness.js';
import type { Role } from './roles.js';
import { MomentsGuard } from './http/moments.guard.js';
import { PositionsGuard } from './http/positions.guard.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { Protection } from './http/protection.js';
import { LiveFeed } from './live/live-feed.js';
import { AnalysisController } from './routes/analysis.controller.js';
import { BoardController } from './routes/board.controller.js';
import { annotationControllers, DisputeController } from './routes/annotations.controller.js';
import { ChangesController, WorkspaceDifferenceController } from './routes/changes.controller.js';
import { BatchesController } from './routes/batches.controller.js';
import { ProposalsController } from './routes/proposals.controller.js';
import { CarryOverController } from './routes/carry-over.controller.js';
import { DocumentsController } from './routes/documents.controller.js';
import { ExportController } from './routes/export.controller.js';
import { ErasuresController } from './routes/erasures.controller.js';
import { UndoController } from './routes/undo.controller.js';
import { HealthController } from './routes/health.controller.js';
import { ContextController, IncidentExportsController } from './routes/incident-exports.controller.js';
import { ImportController } from './routes/import.controller.js';
import { IncidentsController } from './routes/incidents.controller.js';
import { LedgerController } from './routes/ledger.controller.js';
import { MembersController } from './routes/members.controller.js';
import { SettingsController } from './routes/settings.controller.js';
import { RestrictionsController } from './routes/restrictions.controller.js';
import { IncidentProofController, ProjectionsController } from './routes/projections.controller.js';
import { RefusalsController } from './routes/refusals.controller.js';
import { SearchController } from './routes/search.controller.js';
import { TaxiiController } from './routes/taxii.controller.js';
import { TimemapController } from './routes/timemap.controller.js';
import { TransparencyController, WITNESS_POLICY } from './routes/transparency.controller.js';
import { WebAnnotationsController } from './routes/web-annotations.controller.js';
import { PdfPrinter } from './reports/pdf-printer.js';
import { ReportProofs } from './reports/report-proofs.js';
import { WebhooksController } from './routes/webhooks.controller.js';
import { WorkspacesController } from './routes/workspaces.controller.js';
import { Reachable } from './webhooks/reachable.js';
import { WebhookFollower } from './webhooks/webhook-follower.js';
import { WebhookStore } from './webhooks/webhook-store.js';
import { SessionController } from './console/session.controller.js';
import { OidcSignIn } from './console/oidc-sign-in.js';
import { SignInCodes } from './console/sign-in-codes.js';

/** The connections and components that the service uses; its starter opens and closes them. */
export interface Resources {
  /** Connections in the service role, which writes for every workspace. */
  readonly dataSource: DataSource;
  /** Connections in the reader role, with the visibility of the request's member. */
  readonly reading: DataSource;
  /** The same, for searches alone. */
  readonly searching: DataSource;
  readonly ledger: Ledger;
  readonly wakeUps: WakeUps;
  /** Advances the views that follow the ledger; the application starts it. */
  readonly runner: Runner;
  readonly checkpoints: Checkpoints;
  /** The record of signed checkpoints, outside the database. */
  readonly signedRecord: SignedRecord;
  /** What this process does. */
  readonly roles: readonly Role[];
}

@Module({})
export class AppModule {
  static on(
    { dataSource, reading, searching, ledger, wakeUps, runner, checkpoints, roles }: Resources,
    {
      oidc,
      protection,
      policy,
      chromium,
      webhookNetworks,
    }: {
      oidc?: OidcSettings | undefined;
      protection?: Protection;
      policy?: Policy | undefined;
      chromium?: string | undefined;
      webhookNetworks?: readonly string[] | undefined;
    } = {},
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        HealthController,
        WorkspacesController,
        SettingsController,
        MembersController,
        DocumentsController,
        IncidentsController,
        RestrictionsController,
        CarryOverController,
        ProposalsController,
        ...annotationControllers,
        DisputeController,
        BatchesController,
        UndoController,
        ImportController,
        IncidentExportsController,
        TaxiiController,
        ContextController,
        WebAnnotationsController,
        ChangesController,
        WorkspaceDifferenceController,
        TimemapController,
        AnalysisController,
        BoardController,
        SearchController,
        LedgerController,
        TransparencyController,
        ExportController,
        ErasuresController,
        ProjectionsController,
        IncidentProofController,
        RefusalsController,
        WebhooksController,
        SessionController,
      ],
      providers: [
        // Not TypeOrmModule, which would close the data source before the ledger has flushed.
        { provide: DataSource, useValue: dataSource },
        { provide: Ledger, useValue: ledger },
        { provide: Checkpoints, useValue: checkpoints },
        { provide: WITNESS_POLICY, useValue: policy ?? null },
        { provide: Oidc, useFactory: () => (oidc === undefined ? null : new Oidc(oidc)) },
        { provide: ProjectionQueries, useFactory: () => new ProjectionQueries(poolOf(reading), projections) },
        { provide: IncidentProofs, useFactory: () => new IncidentProofs(reading) },
        { provide: Rebuilds, useFactory: () => new Rebuilds(dataSource) },
        // For every workspace: the sender of a token is known before the workspace is.
        { provide: AccessQueries, useFactory: () => new AccessQueries(dataSource, ledger) },
        { provide: READING, useValue: reading },
        // Request handlers read as the request's member.
        { provide: IncidentQueries, useFactory: () => new IncidentQueries(reading) },
        { provide: SearchQueries, useFactory: () => new SearchQueries(searching) },
        { provide: LibraryQueries, useFactory: () => new LibraryQueries(reading) },
        { provide: MemberQueries, useFactory: () => new MemberQueries(reading) },
        { provide: HistoryQueries, useFactory: () => new HistoryQueries(ledger, reading) },
        {
          provide: IncidentSources,
          inject: [HistoryQueries, LibraryQueries, AnalysisQueries],
          useFactory: (histories: HistoryQueries, library: LibraryQueries, analysis: AnalysisQueries) =>
            new IncidentSources(reading, histories, library, analysis),
        },
        {
          provide: AnalysisQueries,
          inject: [IncidentQueries, HistoryQueries],
          useFactory: (incidents: IncidentQueries, histories: HistoryQueries) =>
            new AnalysisQueries(reading, incidents, histories),
        },
        {
          provide: ChangeQueries,
          inject: [HistoryQueries],
          useFactory: (histories: HistoryQueries) => new ChangeQueries(reading, histories),
        },
        {
          provide: WorkspaceDifferences,
          inject: [HistoryQueries, ChangeQueries],
          useFactory: (histories: HistoryQueries, changes: ChangeQueries) =>
            new WorkspaceDifferences(reading, histories, changes),
        },
        {
          provide: ProgressWatch,
          useFactory: () =>
            new ProgressWatch(poolOf(dataSource), projections, wakeUps, {
              // Those of another process are not hurried: they take up to a pause longer.
              ...(roles.includes('follow') && { hurry: (workspaceId) => runner.hurry(workspaceId) }),
            }),
        },
        {
          provide: PastLists,
          inject: [IncidentQueries, LibraryQueries, HistoryQueries],
          useFactory: (incidents: IncidentQueries, library: LibraryQueries, histories: HistoryQueries) =>
            new PastLists(reading, incidents, library, histories),
        },
        Access,
        { provide: Readiness, useFactory: () => new Readiness(roles) },
        SignInCodes,
        OidcSignIn,
        Committing,
        { provide: Refusals, useFactory: () => new Refusals(dataSource) },
        { provide: RevisionQueries, useFactory: () => new RevisionQueries(reading) },
        { provide: UndoQueries, useFactory: () => new UndoQueries(reading) },
        Merging,
        AnnotationImporter,
        DocumentFiles,
        ExchangeImporter,
        CarryingOver,
        Collections,
        ReportProofs,
        { provide: PdfPrinter, useFactory: () => new PdfPrinter(chromium) },
        AnnotationProtocol,
        {
          provide: LiveFeed,
          inject: [HistoryQueries],
          useFactory: (history: HistoryQueries) =>
            new LiveFeed(ledger, history, wakeUps, { feedsPerToken: protection?.feedsPerToken ?? 0 }),
        },
        { provide: Reachable, useFactory: () => new Reachable(webhookNetworks) },
        { provide: WebhookStore, useFactory: () => new WebhookStore(poolOf(dataSource)) },
        {
          provide: WebhookFollower,
          inject: [WebhookStore, HistoryQueries, AccessQueries, Reachable],
          useFactory: (
            store: WebhookStore,
            histories: HistoryQueries,
            access: AccessQueries,
            reachable: Reachable,
          ) => new WebhookFollower({ store, histories, access, ledger, reachable }),
        },
        IncidentHandler,
        SuggestionHandler,
        DocumentHandler,
        ErasureHandler,
        MembersHandler,
        BatchHandler,
        Proposals,
        UndoHandler,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: PositionsGuard },
        { provide: APP_GUARD, useClass: MomentsGuard },
      ],
    };
  }
}
