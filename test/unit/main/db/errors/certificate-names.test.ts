import { describe, expect, it } from 'vitest';
import { certificateNames, listOfNames } from '../../../../../src/main/db/errors/certificate-names';

const errorFor = (cert: object): Error => Object.assign(new Error('raw'), { cert });

describe('certificateNames', () => {
  it('lists host names and addresses, and nothing else that the certificate says', () => {
    const subjectaltname =
      'DNS:db.example, DNS:*.db.example, IP Address:10.0.0.7, IP Address:2001:DB8:0:0:0:0:0:1, email:dba@example.com, URI:https://inside.example, DNS:"odd, DNS:forged.example"';
    const error = errorFor({ subject: { CN: 'Mrs. Admin', O: 'Secret Ltd.' }, subjectaltname });
    expect(certificateNames(error)).toEqual([
      'db.example',
      '*.db.example',
      '10.0.0.7',
      '2001:DB8:0:0:0:0:0:1',
    ]);
  });

  it('takes the common name where there is no other, unless it is no host name', () => {
    expect(certificateNames(errorFor({ subject: { CN: 'old.example' } }))).toEqual(['old.example']);
    expect(certificateNames(errorFor({ subject: { CN: 'Mrs. Admin' } }))).toEqual([]);
  });

  it.each([null, 'text', new Error('raw'), errorFor({}), { cert: { subjectaltname: 7 } }])(
    'knows of none in %s',
    (error) => expect(certificateNames(error)).toEqual([]),
  );
});

describe('listOfNames', () => {
  it.each([
    [['a'], '"a"'],
    [['a', 'b'], '"a" and "b"'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], '"a", "b", "c", "d", "e" and 2 more'],
  ])('%j', (names, text) => expect(listOfNames(names)).toBe(text));
});
