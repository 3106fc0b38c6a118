import { Column, Entity, PrimaryColumn } from 'typeorm';

/*
 * The tables of the inline views for queries. Writers fill them through the ledger, so nothing is saved
 * through these; the migration documents the columns.
 */

@Entity({ schema: 'incidents_v1', name: 'incidents' })
export class IncidentRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text', nullable: true }) title!: string | null;
  @Column({ type: 'text', nullable: true }) summary!: string | null;
  @Column({ type: 'text' }) status!: 'open' | 'closed';
  @Column({ type: 'integer' }) revision!: number;
  @Column({ name: 'recorded_by', type: 'text' }) recordedBy!: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', precision: 3 }) recordedAt!: Date;
  @Column({ name: 'revised_by', type: 'text' }) revisedBy!: string;
  @Column({ name: 'revised_at', type: 'timestamptz', precision: 3 }) revisedAt!: Date;
  @Column({ type: 'bigint' }) position!: number;
  @Column({ type: 'integer' }) claims!: number;
  @Column({ type: 'integer' }) warnings!: number;
  @Column({ type: 'integer' }) attacks!: number;
  @Column({ type: 'integer' }) links!: number;
  @Column({ type: 'integer' }) disputes!: number;
  @Column({ type: 'integer' }) comments!: number;
  @Column({ type: 'integer' }) items!: number;
  @Column({ name: 'restricted_to', type: 'text', array: true, nullable: true }) restrictedTo!:
    string[] | null;
}

@Entity({ schema: 'incidents_v1', name: 'attachments' })
export class AttachmentRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ name: 'incident_id', type: 'uuid' }) incidentId!: string;
  @PrimaryColumn({ name: 'document_id', type: 'text' }) documentId!: string;
  @Column({ name: 'attached_by', type: 'text' }) attachedBy!: string;
  @Column({ name: 'attached_at', type: 'timestamptz', precision: 3 }) attachedAt!: Date;
}

@Entity({ schema: 'incidents_v1', name: 'annotations' })
export class AnnotationRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @PrimaryColumn({ name: 'incident_id', type: 'uuid' }) incidentId!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ name: 'recorded_by', type: 'text' }) recordedBy!: string;
  @Column({ name: 'recorded_position', type: 'bigint' }) recordedPosition!: number;
  @Column({ type: 'text', nullable: true }) modality!: string | null;
  @Column({ name: 'document_id', type: 'text', nullable: true }) documentId!: string | null;
  @Column({ type: 'text', array: true, nullable: true }) tags!: string[] | null;
  @Column({ type: 'uuid', array: true, nullable: true }) targets!: string[] | null;
  @Column({ type: 'text' }) body!: string;
}

@Entity({ schema: 'incidents_v1', name: 'tags' })
export class TagRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ type: 'text' }) tag!: string;
  @PrimaryColumn({ name: 'incident_id', type: 'uuid' }) incidentId!: string;
  @Column({ type: 'integer' }) claims!: number;
}

@Entity({ schema: 'library_v1', name: 'documents' })
export class DocumentRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) title!: string | null;
  @Column({ type: 'text', nullable: true }) publisher!: string | null;
  @Column({ type: 'text', nullable: true }) upstream!: string | null;
  @Column({ type: 'text', nullable: true }) language!: string | null;
  @Column({ name: 'recorded_at', type: 'timestamptz', precision: 3 }) recordedAt!: Date;
  @Column({ type: 'bigint' }) position!: number;
  @Column({ type: 'text' }) body!: string;
}

@Entity({ schema: 'library_v1', name: 'texts' })
export class TextRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ name: 'document_id', type: 'text' }) documentId!: string;
  @Column({ type: 'text' }) text!: string;
}

@Entity({ schema: 'members_v1', name: 'members' })
export class MemberRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) role!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) revision!: number;
  @Column({ name: 'added_at', type: 'timestamptz', precision: 3 }) addedAt!: Date;
  @Column({ type: 'bigint' }) position!: number;
  @Column({ type: 'text', nullable: true }) clearance!: string | null;
  @Column({ type: 'text', nullable: true }) identity!: string | null;
}

@Entity({ schema: 'members_v1', name: 'tokens' })
export class TokenRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' }) workspaceId!: string;
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'member_id', type: 'text' }) memberId!: string;
  @Column({ type: 'text' }) digest!: string;
  @Column({ type: 'text', nullable: true }) label!: string | null;
  @Column({ name: 'issued_at', type: 'timestamptz', precision: 3 }) issuedAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, nullable: true }) expiresAt!: Date | null;
  @Column({ name: 'revoked_at', type: 'timestamptz', precision: 3, nullable: true }) revokedAt!: Date | null;
  @Column({ type: 'text', array: true, nullable: true }) permissions!: string[] | null;
}

/** The TypeORM entities of all view tables, for the data source. */
export const viewEntities: Function[] = [
  IncidentRow,
  AttachmentRow,
  AnnotationRow,
  TagRow,
  DocumentRow,
  TextRow,
  MemberRow,
  TokenRow,
];
