import type { HostileCity } from './hostile-city';

/** An address of this route that leads to something that is there. */
export const addressOf = (
  path: string,
  { tickets, references, requests }: Pick<HostileCity, 'tickets' | 'references' | 'requests'>,
): string => {
  const [ticketId = ''] = tickets;
  const [reference = ''] = references;
  const [request] = requests;
  return path
    .replace(/:reference\b/, reference)
    .replace(/:ticketId\b/, ticketId)
    .replace(/:staffId\b/, 's002')
    .replace(/:number\b/, request?.number ?? '')
    .replace(/:filedOn\b/, request?.filedOn ?? '')
    .replace(/:id\b/, /^\/(program|administrare\/functionari)\//.test(path) ? 's002' : ticketId)
    .replace(/:\w+/g, '2026-03-05');
};
