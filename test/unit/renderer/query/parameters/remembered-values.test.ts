import { describe, expect, it } from 'vitest';
import { mayHaveParameters } from '../../../../../src/renderer/features/query/parameters/ask-for-values';
import {
  namesSecret,
  rememberedValue,
  rememberValue,
  restoreValues,
  savedValues,
} from '../../../../../src/renderer/features/query/parameters/remembered-values';

const named = (name: string, statement = '') => ({ name, statement, type: null });
const open = (value: string | null) => ({ value, isSecret: false });

describe('remembered values', () => {
  it('belong to a workspace, a name and, for a number, a statement', () => {
    rememberValue('a', named(':id'), open('1'));
    rememberValue('a', named('$1', 'select $1'), open(null));
    expect(rememberedValue('a', named(':id'))).toMatchObject({ value: '1' });
    expect(rememberedValue('a', named('$1', 'select $1'))).toMatchObject({ value: null });
    expect(rememberedValue('a', named('$1', 'select $1 + 1'))).toBeNull();
    expect(rememberedValue('b', named(':id'))).toBeNull();
  });

  it.each([
    [':password', true],
    [':NewPasswd', true],
    [':api_key', true],
    [':token', true],
    [':key', false],
    [':pass', false],
    ['$1', false],
  ])('are secret at first where %s is their name: %s', (name, isSecret) => {
    expect(namesSecret({ name })).toBe(isSecret);
  });

  it('keep a secret for the session and never save it', () => {
    rememberValue('secrets', named(':token'), { value: 'hunter2', isSecret: true });
    expect(rememberedValue('secrets', named(':token'))).toMatchObject({ value: 'hunter2' });
    expect(JSON.stringify(savedValues('secrets'))).not.toContain('hunter2');
    restoreValues('next start', savedValues('secrets'));
    expect(rememberedValue('next start', named(':token'))).toMatchObject({
      value: '',
      isSecret: true,
    });
  });

  it('save no value that would make the workspace too large, and the newest of many', () => {
    rememberValue('many', named(':long'), open('x'.repeat(10_001)));
    expect(savedValues('many')).toEqual([]);
    for (let n = 0; n < 600; n += 1) rememberValue('many', named(`:n${n}`), open(String(n)));
    const saved = savedValues('many');
    expect(saved).toHaveLength(500);
    expect(saved.at(-1)).toMatchObject({ name: ':n599' });
  });
});

describe('mayHaveParameters', () => {
  it.each(['select $1', 'select :a', '(:a)'])('says yes to %s', (sql) => {
    expect(mayHaveParameters(sql)).toBe(true);
  });

  it.each(['select 1', 'select a::text', 'select a[1:2], b := 1', "select '12:30'"])(
    'says no to %s',
    (sql) => {
      expect(mayHaveParameters(sql)).toBe(false);
    },
  );
});
