import type { VNode } from 'preact';
import { actorInWords, moment } from '../../phrasing/audit/step-text';
import { saidOf } from '../../phrasing/sentences';
import type { Closing } from '../../proof/damaged-streams';
import { streamInWords } from '../../proof/fault-words';
import { usePage, useWords } from '../page/page-context';

/** Who decided, and when, that the others go on without a stream; for later readers of the log. */
export const Closings = ({ closings }: { readonly closings: readonly Closing[] }): VNode | null => {
  const { locale } = usePage();
  const words = useWords().administration.streams.closings;
  if (closings.length === 0) return null;
  return (
    <section aria-labelledby="hotarari">
      <h2 id="hotarari">{words.title}</h2>
      <p>{words.lead}</p>
      <ul>
        {closings.map(({ stream, revision, how, closedAt, by }) => (
          <li>
            {words.line({
              ...{ at: moment(closedAt, locale), by: actorInWords(by, locale), stream: streamInWords(stream), revision },
              deed: saidOf(words.deeds, how) ?? how,
            })}
          </li>
        ))}
      </ul>
    </section>
  );
};
