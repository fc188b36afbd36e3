import type { FastifyRequest } from 'fastify';
import { largestCalendarBytes } from '../../outside/absences/fetch-calendar';
import { textWithin } from '../../api/body/text-within';
import { HttpProblem } from '../../api/problem/problem';
import { unbroken } from '../registry/import/sent-lines';

/**
 * The one file of a form. A form without a file is one in which nobody chose any.
 * @throws HttpProblem `unsupported-media-type` when no form with a file was sent, `invalid` when it ends before its end
 */
export const uploadedCalendar = async (request: FastifyRequest): Promise<{ readonly text: string } | 'too-large' | 'no-file'> => {
  if (!request.isMultipart()) throw new HttpProblem({ code: 'unsupported-media-type' });
  let found: { readonly text: string } | 'too-large' | 'no-file' = 'no-file';
  for await (const part of unbroken(request.parts())) {
    if (part.type === 'file') found = await textWithin(unbroken(part.file), largestCalendarBytes);
  }
  return typeof found === 'object' && found.text.trim() === '' ? 'no-file' : found;
};
