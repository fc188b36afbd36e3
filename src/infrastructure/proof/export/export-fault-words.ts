import type { ExportFault, ExportFinding } from './export-verify';
import { inBoth, inEveryLanguage, sentences, type Sentence } from '../../phrasing/sentences';

const wrongs: Readonly<Record<ExportFault, Sentence>> = inBoth.proof.exportFault.sentences;

/** What is wrong with an export, in a sentence that names the line and, where it is about one, the ticket and its event. */
export const exportFaultWords = ({ fault, line, ticketId, revision }: ExportFinding): Sentence => {
  const wrong = wrongs[fault];
  const ticket = ticketId === undefined ? '' : `, ticket-${ticketId}`;
  const event = revision === undefined ? '' : `, ${revision}`;
  return inEveryLanguage((locale) => sentences[locale].proof.exportFault.ofLine({ line, ticket, event, wrong: wrong[locale] }));
};
