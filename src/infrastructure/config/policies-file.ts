import { policiesWith, type Policies, type PolicyName, type PolicyValues } from '../../domain/policies';
import { fault, type SettingFault } from './setting-fault';
import { policyShapes } from './policy-shapes';

const setting = 'TICHET_POLICIES_FILE';

type Changes = { readonly [N in PolicyName]?: { readonly value: PolicyValues[N]; readonly version: number } };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(policyShapes, name);

const wrongVersion = (name: string): SettingFault =>
  fault(
    setting,
    `„${name}” cere „version”, un număr întreg de la 2 în sus: versiunea 1 este citirea din regulament.`,
    `"${name}" needs "version", a whole number from 2 up: version 1 is the rulebook's own reading.`,
  );

const faultsOfChange = (name: PolicyName, entry: Readonly<Record<string, unknown>>): readonly SettingFault[] => {
  const { holds, ro, en } = policyShapes[name];
  const { value, version, ...others } = entry;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    return [fault(setting, `„${name}” are câmpul necunoscut „${unknown}”.`, `"${name}" has the unknown field "${unknown}".`)];
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 2) return [wrongVersion(name)];
  if (holds(value)) return [];
  return [fault(setting, `Valoarea politicii „${name}” trebuie să fie ${ro}.`, `The value of policy "${name}" must be ${en}.`)];
};

const faultsOfEntry = (name: string, entry: unknown): readonly SettingFault[] => {
  if (!isPolicyName(name)) {
    const names = Object.keys(policyShapes).join(', ');
    return [fault(setting, `Nu există politica „${name}”. Există: ${names}.`, `There is no policy "${name}". There are: ${names}.`)];
  }
  if (isRecord(entry)) return faultsOfChange(name, entry);
  return [fault(setting, `„${name}” trebuie să fie {"value": …, "version": …}.`, `"${name}" must be {"value": …, "version": …}.`)];
};

const faultsOf = (content: unknown): readonly SettingFault[] =>
  isRecord(content)
    ? Object.entries(content).flatMap(([name, entry]) => faultsOfEntry(name, entry))
    : [
        fault(
          setting,
          'Fișierul trebuie să fie un obiect JSON: numele politicii → {"value": …, "version": …}.',
          'The file must be a JSON object: policy name → {"value": …, "version": …}.',
        ),
      ];
const areChanges = (content: unknown): content is Changes => faultsOf(content).length === 0;

/** Policies of an installation, as the JSON file says: policy name → `{"value": …, "version": 2}`. Names that are left out keep version 1. */
export const readPolicies = (text: string): Policies | readonly SettingFault[] => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return [fault(setting, 'Fișierul nu este JSON corect.', 'The file is not correct JSON.')];
  }
  return areChanges(content) ? policiesWith(content) : faultsOf(content);
};
