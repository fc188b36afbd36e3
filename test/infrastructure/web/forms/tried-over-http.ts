/** Forms that the demonstration has no use for: it files by itself, reads no calendars and has a log that is whole. Here they are tried without a browser. */
export const formsOfOtherInstallations = [
  '/programari/:id/conexare',
  '/program/:id/calendar/adresa',
  '/administrare/fluxuri/:stream/inchidere',
];
/** Nor has anybody in it made a mistake. */
export const formsOfCorrections = [
  '/programari/:id/rectificare',
  '/programari/:id/inregistrare-retrasa',
  '/programari/:id/predare-retrasa',
  '/programari/:id/obiectie',
  '/registratura/cereri/:number/:filedOn/raspuns/:correction',
  '/tichet/:reference/obiectie',
  '/tichet/:reference/contact',
  '/ghiseu/tichete/:id/contact',
];
/** Nor does anybody in it offer a meeting. */
export const formsOfOffers = ['/programari/:id/oferire', '/programari/:id/oferta', '/programari/:id/oferta/refuz'];
export const formsTriedOverHttp = [...formsOfOtherInstallations, ...formsOfCorrections, ...formsOfOffers];
