import type { Refusal } from '../../../domain/kernel/refusal';
import { inEveryLanguage } from '../../phrasing/sentences';
import { problemCatalogue } from '../../phrasing/problems/catalogue';
import { CommandEnds, exitCodes, type ExitCode } from './terminal';

const exitCodeOf = ({ code }: Refusal): ExitCode => {
  switch (code) {
    case 'not-found':
    case 'request-not-found':
      return exitCodes.notFound;
    case 'invalid':
      return exitCodes.invalidInput;
    default:
      return exitCodes.failed;
  }
};

/** A refusal of the procedure, as the end of a command: the same sentence that the API gives. */
export const endsWith = (refusal: Refusal): CommandEnds => {
  const { detail } = problemCatalogue[refusal.code];
  const { article } = refusal;
  const field = refusal.details?.['field'];
  const about = typeof field === 'string' ? ` (${field})` : article === undefined ? '' : ` (art. ${article})`;
  return new CommandEnds(exitCodeOf(refusal), inEveryLanguage((locale) => `${detail[locale]}${about}`));
};
