import { Graph, layout } from '@dagrejs/dagre';
import { Background, Controls, type Edge, MarkerType, type Node, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useAddress } from '../../../address/address.js';
import type { IncidentGraph } from '../../../data/analysis.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import css from './drawn.module.css';
import './graph-library.css';

const NODE = { width: 230, height: 78 };
/** Room for the label of a link, some 40 characters, between two ranks. */
const RANK_GAP = 290;
/** The limits for the height of the drawing, in px; within them it follows the content. */
const LOWEST = 220;
const HIGHEST = 620;

/** Warnings on the left, linked attacks to their right. */
function place(
  { nodes, edges }: IncidentGraph,
  on: string | undefined,
): { nodes: Node[]; edges: Edge[]; height: number } {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: RANK_GAP, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...NODE });
  for (const { source, target } of edges) graph.setEdge(source, target);
  layout(graph as never);
  return {
    height: Math.min(HIGHEST, Math.max(LOWEST, ((graph.graph() as { height?: number }).height ?? 0) + 48)),
    nodes: nodes.map(({ id, kind, summary, date }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      const title = `${words.kind[kind]}: ${summary}`;
      return {
        id,
        position: { x: x - NODE.width / 2, y: y - NODE.height / 2 },
        data: { label: <NodeLabel kind={kind} summary={summary} date={date?.edtf ?? date?.asPrinted} /> },
        type: 'default',
        sourcePosition: 'right',
        targetPosition: 'left',
        ariaLabel: title,
        selected: id === on,
        className: `${css['node']} ${css[kind]}`,
        style: { ...NODE },
      } as Node;
    }),
    edges: edges.map(({ id, source, target, relation, assessment, contested }): Edge => ({
      id,
      source,
      target,
      label: [
        relation === undefined ? words.kind.link : words.relation[relation],
        ...(assessment === undefined ? [] : [words.assessment[assessment].toLowerCase()]),
        ...(contested ? [strings.graph.contested] : []),
      ].join(', '),
      selected: id === on,
      markerEnd: { type: MarkerType.ArrowClosed },
      className: `${css['edge']} ${contested ? css['contested'] : ''}`,
    })),
  };
}

function NodeLabel({
  kind,
  summary,
  date,
}: {
  readonly kind: 'warning' | 'attack';
  readonly summary: string;
  readonly date: string | undefined;
}) {
  return (
    <span className={css['nodeLabel']}>
      <small>
        {words.kind[kind]} · {date ?? strings.undated}
      </small>
      <span dir="auto">{summary}</span>
    </span>
  );
}

export function GraphDrawing({ graph }: { readonly graph: IncidentGraph }) {
  const { on, change } = useAddress();
  const { nodes, edges, height } = useMemo(() => place(graph, on), [graph, on]);
  const pick = (_: unknown, { id }: { readonly id: string }): void =>
    change({ on: id, edit: undefined, new: undefined });
  return (
    <section className={css['flow']} style={{ height }} aria-label={strings.graph.drawing}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodeClick={pick}
        onEdgeClick={pick}
        nodesDraggable={false}
        nodesConnectable={false}
        deleteKeyCode={null}
        fitView
        fitViewOptions={{ minZoom: 0.5, maxZoom: 1, padding: 0.06 }}
        nodesFocusable={false}
        minZoom={0.15}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}
