import { systemClock } from '../../../runtime/clock/system-clock';
import { keysStanding } from '../../../nest/keys-standing';
import { rotateKeys } from '../../../nest/rotate-keys';
import { daysSince, longestOldKeyDays } from '../../../log/keys/rotation/old-key-age';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { progressOn } from '../progress';
import { mustHaveData } from '../reading-stores';

const destroyOld = (file: string) => ({
  ro: `Cheia principală veche este în ${file}. Faceți acum o copie de siguranță (tichet backup), apoi distrugeți-o (shred -u): copiile vechi ale cheilor nu mai pot fi deschise după aceea.`,
  en: `The old master key is in ${file}. Make a backup now (tichet backup), then destroy it (shred -u): older copies of the keys cannot be opened after that.`,
});

export const keysCommand: CommandOfTichet = (program, desk) => {
  const keys = addCommand(program, desk, {
    usage: 'keys',
    group: true,
    words: {
      ro: 'cheia principală: epoca ei, câte chei împachetează, înlocuirea ei',
      en: 'the master key: its epoch, how many keys it wraps, replacing it',
    },
    examples: ['tichet keys', 'systemctl stop tichet && tichet keys rotate && systemctl start tichet'],
  });
  addCommand(keys, desk, {
    usage: 'show',
    isDefault: true,
    words: { ro: 'epoca, cheile vii și distruse, cheile principale vechi', en: 'the epoch, living and destroyed keys, old master keys' },
    examples: ['tichet keys', 'tichet keys show --json'],
  }).action(async ({ json = false }: JsonOption) => {
    mustHaveData(desk.settings);
    const { epoch, living, destroyed, old, since } = await keysStanding(desk.settings);
    if (json) desk.printJson({ epoch, living, destroyed, oldMasterKeys: old, ...(since && { since: since.toISOString() }) });
    else {
      desk.print(desk.say({ ro: `Epoca cheii principale: ${epoch}.`, en: `Epoch of the master key: ${epoch}.` }));
      desk.print(desk.say({ ro: `Chei vii: ${living}; distruse: ${destroyed}.`, en: `Living keys: ${living}; destroyed: ${destroyed}.` }));
      for (const file of old) desk.print(desk.say(destroyOld(file)));
    }
    if (old.length > 0 && daysSince(since, systemClock.now()) > longestOldKeyDays) desk.end(exitCodes.findings);
  });
  addCommand(keys, desk, {
    usage: 'rotate',
    words: {
      ro: 'face o cheie principală nouă și împachetează cu ea toate cheile vii; serviciul trebuie să fie oprit, în toate procesele lui',
      en: 'makes a new master key and wraps every living key with it; the service must be stopped, with all of its processes',
    },
    examples: ['systemctl stop tichet && tichet keys rotate && systemctl start tichet'],
  }).action(async ({ json = false }: JsonOption) => {
    if (desk.settings.readModels === 'memory')
      throw new CommandEnds(exitCodes.wrongUse, { ro: 'Cheile din memorie nu au epoci.', en: 'Keys in memory have no epochs.' });
    mustHaveData(desk.settings);
    const progress = progressOn(desk.terminal);
    const outcome = await rotateKeys(desk.settings, (done, total) => {
      progress.at(done, total);
    }).finally(() => {
      progress.stop();
    });
    if (outcome.kind === 'in-use') {
      const names = outcome.processes.join(', ');
      throw new CommandEnds(exitCodes.failed, {
        ro: `La baza de date sunt conectate procese ale serviciului (${names}); opriți-le pe toate. Nimic nu a fost schimbat.`,
        en: `Processes of the service are connected to the database (${names}); stop all of them. Nothing was changed.`,
      });
    }
    const { epoch, keys: rewrapped, old } = outcome;
    if (json) {
      desk.printJson({ epoch, keys: rewrapped, old });
      return;
    }
    desk.print(
      desk.say({
        ro: `A început epoca ${epoch}. Chei împachetate cu cheia principală nouă: ${rewrapped}.`,
        en: `Epoch ${epoch} has begun: ${rewrapped} keys are wrapped with the new master key.`,
      }),
    );
    desk.print(
      desk.say({
        ro: 'Puneți la loc sigur o copie a fișierului nou; fără el nimeni nu mai poate citi datele personale.',
        en: 'Put a copy of the new file into a safe place; without it nobody can read personal data any more.',
      }),
    );
    if (desk.settings.readModels === 'postgres')
      desk.print(
        desk.say({
          ro: 'Duceți fișierul nou la fiecare proces al serviciului înainte de a-l porni.',
          en: 'Carry the new file to every process of the service before you start it.',
        }),
      );
    desk.print(desk.say(destroyOld(old)));
  });
};
