import styles from './settings.module.css';

/** What is asked before it is done. An explanation: no setting here turns a question off. */
export function SafetyPage() {
  return (
    <div className={styles['prose']}>
      <section>
        <h3>Asked on every connection</h3>
        <ul>
          <li>UPDATE and DELETE of all rows, or with a condition that is always true.</li>
          <li>DROP, TRUNCATE, and other statements that destroy objects or data.</li>
          <li>Statements that keep others waiting for long, such as LOCK TABLE and VACUUM FULL.</li>
          <li>Changes of rights, of roles, and of the server&rsquo;s own settings and files.</li>
          <li>Statements that Postern does not understand.</li>
        </ul>
      </section>
      <section>
        <h3>Asked on production</h3>
        <p>
          A connection whose environment is <em>Production</em> asks before every change. This
          cannot be turned off. A connection marked <em>Confirm every change</em> does the same.
        </p>
      </section>
      <section>
        <h3>Refused</h3>
        <p>
          A <em>Read-only</em> connection refuses every statement that writes, and the server
          refuses it once more.
        </p>
      </section>
      <section>
        <h3>What the question tells</h3>
        <p>
          How many rows and which other objects the statement concerns, as far as the server can
          tell without running it. <em>Run in a transaction and review</em> runs it so that it can
          be undone.
        </p>
      </section>
      <p className={styles['note']}>
        Environment, <em>Read-only</em> and <em>Confirm every change</em> are set in the form of a
        connection.
      </p>
    </div>
  );
}
