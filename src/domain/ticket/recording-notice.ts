import type { Locale } from './facts';

/** A14. Shown before `online` is chosen; its acceptance is stored with this version and the instant. */
export type RecordingNotice = { readonly version: string; readonly text: Readonly<Record<Locale, string>> };

export const recordingNotice: RecordingNotice = {
  version: '2026-1',
  text: {
    ro:
      'Întâlnirea online este înregistrată pe platforma Webex (art. 5 din procedură). Înregistrează funcționarul care are cererea în operare, ' +
      'ca dovadă a celor discutate. Înregistrarea se păstrează la Primăria municipiului Cluj-Napoca, o pot vedea numai persoanele îndreptățite ' +
      'și se șterge la împlinirea termenului de păstrare. Dacă nu doriți să fiți înregistrat(ă), alegeți întâlnirea la telefon sau la sediu: ' +
      'acestea nu se înregistrează, iar concluziile sunt notate în Rezoluția Tichetului albastru.',
    en:
      'The online meeting is recorded on the Webex platform (Art. 5 of the procedure). The civil servant who handles your request records it, ' +
      'as proof of what was discussed. The recording is kept by Cluj-Napoca City Hall, only entitled persons may see it, ' +
      'and it is deleted when its retention period ends. If you do not wish to be recorded, choose a meeting by phone or in person: ' +
      'these are not recorded, and the conclusions are written in the resolution of the blue ticket.',
  },
};
