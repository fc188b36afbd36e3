import { alarmWords } from '../../../proof/fault-words';
import { alarmRegister, raisedAlarmOf, type RaisedAlarm } from '../../../proof/alarm/seal-alarm';
import { LogNotAsSigned } from '../../../signed-log/not-as-signed';
import { sealState, type SealState } from '../../../proof/seal/current-seal';
import { askRunningService } from '../ask-running-service';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../exit-code';
import { whileReading } from '../open-reading';
import { mustHaveData } from '../reading-stores';
import { inBoth } from '../../../phrasing/sentences';

type View = Partial<SealState> & { readonly alarm?: RaisedAlarm };

const shownNow = (desk: Invocation): Promise<View> =>
  whileReading(desk.settings, async ({ seal, store, operations }, { checkpoints }) => {
    const alarm = raisedAlarmOf(await operations.registers.get(alarmRegister));
    try {
      return { ...(seal && (await sealState(seal, store, checkpoints))), ...(alarm && { alarm }) };
    } catch (error) {
      if (!(error instanceof LogNotAsSigned)) throw error;
      return { alarm: alarm ?? { fault: error.fault, at: '' } };
    }
  });

const tell = (desk: Invocation, { verifier, size = 0, root = '-', signedAt = '-', waiting, witnessed, alarm }: View): void => {
  const wrong = alarm === undefined ? inBoth.cli.seal.none : alarmWords(alarm.fault);
  desk.printTable(
    [desk.say(inBoth.cli.seal.seal), ''],
    [
      [desk.say(inBoth.cli.seal.publicKey), verifier ?? '-'],
      [desk.say(inBoth.cli.seal.eventsSigned), String(size)],
      [desk.say(inBoth.cli.seal.root), root],
      [desk.say(inBoth.cli.seal.signed), signedAt],
      [desk.say(inBoth.cli.seal.eventsWaiting), waiting === undefined ? '?' : String(waiting)],
      [desk.say(inBoth.cli.seal.cosignedWitness), witnessed === undefined ? '-' : String(witnessed)],
      [desk.say(inBoth.cli.seal.alarm), alarm === undefined ? desk.say(wrong) : `${alarm.at} ${desk.say(wrong)}`],
    ],
  );
};

export const sealCommand: CommandOfTichet = (program, desk) => {
  const seal = addCommand(program, desk, {
    usage: 'seal',
    words: inBoth.cli.seal.aboutSeal,
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
    words: inBoth.cli.seal.aboutClear,
    examples: ['tichet seal clear --reason "am pus la loc copia de siguranță din 5 martie"'],
  })
    .requiredOption('--reason <text>', desk.say(inBoth.cli.seal.optionReason))
    .action(async ({ reason, json = false }: JsonOption & { readonly reason: string }) => {
      if (reason.trim() === '') throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.seal.reasonCannotEmpty);
      mustHaveData(desk.settings);
      await askRunningService(desk, { command: 'clear-seal-alarm', reason }, { json });
    });
};
