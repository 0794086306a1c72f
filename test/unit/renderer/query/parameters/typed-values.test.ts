import { expect, it } from 'vitest';
import { rememberValue } from '../../../../../src/renderer/features/query/parameters/remembered-values';
import {
  dropTypedValues,
  initialValue,
  keepTypedValue,
} from '../../../../../src/renderer/features/query/parameters/typed-values';

const parameter = { name: ':id', statement: '', type: null };
const place = { tabId: 'tab', workspace: 'typed' };
const typed = { text: '7', isNull: true, isSecret: true };

it('begins with what was typed in the tab before, else with the value last run with', () => {
  expect(initialValue(place, parameter)).toEqual({ text: '', isNull: false, isSecret: false });
  rememberValue(place.workspace, parameter, { value: '1', isSecret: false });
  expect(initialValue(place, parameter).text).toBe('1');
  keepTypedValue(place.tabId, parameter, typed);
  expect(initialValue(place, parameter)).toEqual(typed);
  expect(initialValue({ ...place, tabId: 'another' }, parameter).text).toBe('1');
  expect(initialValue(place, { ...parameter, name: ':other' }).text).toBe('');
});

it('forgets what was typed in a tab that is closed', () => {
  keepTypedValue(place.tabId, parameter, typed);
  dropTypedValues(place.tabId);
  expect(initialValue(place, parameter)).not.toEqual(typed);
});
