import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../../api/problem/problem';

const harmless = ['GET', 'HEAD'];

/**
 * A form that another site's page sends in a citizen's or an official's name is refused. Browsers say where a form comes from in
 * `Origin`, and those that leave it out say it in `Sec-Fetch-Site`; whoever says neither is no browser, and gets no page done.
 * @throws HttpProblem `forbidden`
 */
export const mustComeFromHere = (request: FastifyRequest, publicUrl: string): void => {
  if (harmless.includes(request.method)) return;
  const { origin } = request.headers;
  const known = new URL(publicUrl);
  // behind a proxy we are spoken to over HTTP: under our public name that says nothing about the page
  const ours = request.host === known.host ? known.origin : `${request.protocol}://${request.host}`;
  const fromHere = origin === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : origin === ours || origin === known.origin;
  if (!fromHere) throw new HttpProblem({ code: 'forbidden' });
};
