import { Suspense } from 'react';
import { useGraph } from '../../../data/analysis.js';
import { annotationIn } from '../../../data/annotations.js';
import { titleOf } from '../../../data/describe.js';
import { Chip } from '../../../parts/chip.js';
import { later } from '../../../parts/later.js';
import { Loaded } from '../../../parts/states.js';
import { useRows } from '../../../parts/use-rows.js';
import { strings as frame } from '../../../strings/frame.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import drawn from '../drawn/drawn.module.css';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';

/** Loaded when it is opened: it is half as large as the rest of the console. */
const GraphDrawing = later(async () => (await import('../drawn/graph-drawing.js')).GraphDrawing);
const text = strings.graph;

export function GraphTab({ incident }: TabProps) {
  const { list } = useRows<HTMLTableSectionElement>(ROWS);
  const named = (id: string) => {
    const found = annotationIn(incident, id);
    return <Picked id={id}>{found === undefined ? id : titleOf(found)}</Picked>;
  };
  return (
    <Loaded query={useGraph(incident.id)}>
      {(graph) =>
        graph.nodes.length === 0 ? (
          <Nothing>{text.empty}</Nothing>
        ) : (
          <>
            <Suspense fallback={<p aria-busy="true">{frame.loading}</p>}>
              <GraphDrawing graph={graph} />
            </Suspense>
            {graph.edges.length === 0 && <Nothing>{strings.none.link}</Nothing>}
            {graph.edges.length > 0 && (
              <div className={drawn['scroll']}>
                <table className={drawn['table']}>
                  <caption>{text.table}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{text.relation}</th>
                      <th scope="col">{text.from}</th>
                      <th scope="col">{text.to}</th>
                      <th scope="col">{text.judged}</th>
                    </tr>
                  </thead>
                  <tbody ref={list}>
                    {graph.edges.map(
                      ({ id, source, target, relation, assessment, confidence, contested }) => (
                        <tr key={id}>
                          <td>
                            <Picked id={id}>
                              {relation === undefined ? words.kind.link : words.relation[relation]}
                            </Picked>
                          </td>
                          <td>{named(source)}</td>
                          <td>{named(target)}</td>
                          <td>
                            {assessment !== undefined && words.assessment[assessment]}
                            {confidence !== undefined && (
                              <small>{text.confidence(words.confidence[confidence])}</small>
                            )}
                            {contested && <Chip status="disputed">{text.contested}</Chip>}
                          </td>
                        </tr>
                      ),
                    )}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )
      }
    </Loaded>
  );
}
