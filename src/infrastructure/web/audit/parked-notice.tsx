import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import type { ParkedEvidence } from './parked-evidence';
import { sentences } from '../../phrasing/sentences';

const mostNamed = 10;

/** What a list of verdicts cannot say: tickets that are missing from it, and verdicts that stand still. */
export const ParkedNotice = ({
  missing,
  evidence: { tickets, others },
  locale,
}: {
  readonly missing: number;
  readonly evidence: ParkedEvidence;
  readonly locale: Locale;
}): VNode | null => {
  const words = sentences[locale].audit.list;
  if (missing + tickets.length + others === 0) return null;
  return (
    <div class="notice notice-warn">
      {missing === 0 ? null : <p>{words.parked({ count: missing })}</p>}
      {tickets.length === 0 ? null : (
        <p>
          {words.staleTickets}{' '}
          {tickets.slice(0, mostNamed).map((id, index) => (
            <>
              {index === 0 ? null : ', '}
              <a href={`/audit/${id}`}>{referenceOf(id)}</a>
            </>
          ))}
          {tickets.length > mostNamed ? ` + ${tickets.length - mostNamed}` : null}.
        </p>
      )}
      {others === 0 ? null : <p>{words.staleEvidence({ count: others })}</p>}
    </div>
  );
};
