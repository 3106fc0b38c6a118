import type { GraphView, IncidentView } from '@casebook/contracts';
import { stands } from './standing.js';
import { drawn } from './timeline.js';
import type { Steps } from '../time-slice.js';

/** Active warnings and attacks as nodes, and the active links between them as edges from the earlier to the later. */
export function* incidentGraph(incident: IncidentView): Steps<GraphView> {
  const nodes: GraphView['nodes'] = [];
  for (const warning of incident.warnings.filter(stands)) {
    yield 1;
    nodes.push({
      ...drawn(warning),
      parties: warning.issuedBy === undefined ? [] : [warning.issuedBy],
      ...(warning.threatActor !== undefined && { threat: warning.threatActor }),
    });
  }
  for (const attack of incident.attacks.filter(stands)) {
    yield 1;
    nodes.push({ ...drawn(attack), parties: attack.actors ?? [] });
  }
  const known = new Set(nodes.map(({ id }) => id));
  const disputed = new Set(
    incident.disputes
      .filter(({ status }) => status === 'open' || status === 'reopened')
      .flatMap(({ targets = [] }) => targets),
  );
  const edges = incident.links.filter(stands).flatMap((link) => {
    const {
      id,
      warningId,
      earlierAttackId,
      attackId,
      relation,
      assessment,
      confidence,
      evidence = [],
    } = link;
    const source = warningId ?? earlierAttackId;
    if (source === undefined || attackId === undefined || !known.has(source) || !known.has(attackId))
      return [];
    return {
      id,
      source,
      target: attackId,
      ...(relation !== undefined && { relation }),
      ...(assessment !== undefined && { assessment }),
      ...(confidence !== undefined && { confidence }),
      contested: [id, ...evidence].some((about) => disputed.has(about)),
    };
  });
  return { incidentId: incident.id, position: incident.position, nodes, edges };
}
