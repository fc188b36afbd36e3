/** Forms that the demonstration has no use for: it files by itself and reads no calendars. Here they are tried without a browser. */
export const formsTriedOverHttp = ['/programari/:id/conexare', '/program/:id/calendar/adresa'];
