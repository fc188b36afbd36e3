import { alarmWords } from '../../../proof/alarm/alarm-words';
import { alarmRegister, raisedAlarmOf, type RaisedAlarm } from '../../../proof/alarm/seal-alarm';
import { LogNotAsSigned } from '../../../signed-log/not-as-signed';
import { sealState, type SealState } from '../../../proof/seal/seal-state';
import { askOffice } from '../ask-office';
import { addCommand, type CommandOfTichet, type Desk, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { whileReading } from '../open-reading';
import { mustHaveData } from '../reading-stores';

type Shown = Partial<SealState> & { readonly alarm?: RaisedAlarm };

const shownNow = (desk: Desk): Promise<Shown> =>
  whileReading(desk.settings, async ({ seal, store, operations }, { checkpoints }) => {
    const alarm = raisedAlarmOf(await operations.registers.get(alarmRegister));
    try {
      return { ...(seal && (await sealState(seal, store, checkpoints))), ...(alarm && { alarm }) };
    } catch (error) {
      if (!(error instanceof LogNotAsSigned)) throw error;
      return { alarm: alarm ?? { fault: error.fault, at: '' } };
    }
  });

const tell = (desk: Desk, { verifier, size = 0, root = '-', signedAt = '-', waiting, witnessed, alarm }: Shown): void => {
  const { ro, en } = alarm === undefined ? { ro: 'nu', en: 'none' } : alarmWords(alarm.fault);
  desk.printTable(
    [desk.say({ ro: 'sigiliul', en: 'seal' }), ''],
    [
      [desk.say({ ro: 'cheia publică', en: 'public key' }), verifier ?? '-'],
      [desk.say({ ro: 'evenimente semnate', en: 'events signed' }), String(size)],
      [desk.say({ ro: 'rădăcina', en: 'root' }), root],
      [desk.say({ ro: 'semnat la', en: 'signed at' }), signedAt],
      [desk.say({ ro: 'evenimente care așteaptă', en: 'events waiting' }), waiting === undefined ? '?' : String(waiting)],
      [desk.say({ ro: 'confirmate de martor', en: 'cosigned by a witness' }), witnessed === undefined ? '-' : String(witnessed)],
      [desk.say({ ro: 'alarmă', en: 'alarm' }), alarm === undefined ? desk.say({ ro, en }) : `${alarm.at} ${desk.say({ ro, en })}`],
    ],
  );
};

export const sealCommand: CommandOfTichet = (program, desk) => {
  const seal = addCommand(program, desk, {
    usage: 'seal',
    words: {
      ro: 'cât din jurnal este semnat, cu ce cheie și dacă este o alarmă; cod de ieșire 6 cât timp este una',
      en: 'how much of the log is signed, with which key, and whether there is an alarm; exit code 6 while there is one',
    },
    examples: ['tichet seal', 'tichet seal --json', 'tichet seal clear --reason "…"'],
  })
    // --json of clear is its own
    .enablePositionalOptions()
    .action(async ({ json = false }: JsonOption) => {
      const shown = await shownNow(desk);
      if (json) desk.printJson(shown);
      else tell(desk, shown);
      if (shown.alarm !== undefined) desk.end(exitCodes.findings);
    });
  addCommand(seal, desk, {
    usage: 'clear',
    words: {
      ro: 'ridică alarma după ce ați aflat ce s-a întâmplat; verifică întâi din nou și refuză cât timp jurnalul nu este ce a fost sigilat',
      en: 'clears the alarm once you know what happened; verifies again first, and refuses while the log is not what was sealed',
    },
    examples: ['tichet seal clear --reason "am pus la loc copia de siguranță din 5 martie"'],
  })
    .requiredOption('--reason <text>', desk.say({ ro: 'ce s-a întâmplat; se păstrează', en: 'what happened; it is kept' }))
    .action(async ({ reason, json = false }: JsonOption & { readonly reason: string }) => {
      if (reason.trim() === '')
        throw new CommandEnds(exitCodes.invalidInput, { ro: 'Motivul nu poate fi gol.', en: 'The reason cannot be empty.' });
      mustHaveData(desk.settings);
      await askOffice(desk, { command: 'clear-seal-alarm', reason }, { json });
    });
};
