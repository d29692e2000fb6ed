# tap.py: prints the results of unittest as TAP
#
# SPDX-License-Identifier: GPL-3.0-or-later
import signal
import unittest

# What whoever started the tests ignores, as nohup does, or blocks, the programs that they start would ignore or block too.
if hasattr(signal, 'pthread_sigmask'):
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, 'SIGHUP', signal.SIGTERM)):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)


class Tap(unittest.TestResult):
    """One line a test, as TAP."""

    def say(self, test, ok, more=''):
        print(f'{"ok" if ok else "not ok"} {self.testsRun} - {test.id().split(".", 1)[1]}{more}', flush=True)

    def complain(self, test, error):
        text = self._exc_info_to_string(error, test)
        print('\n'.join('# ' + line for line in text.splitlines()), flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.bad = False

    def addSuccess(self, test):
        self.say(test, True)

    def addSkip(self, test, reason):
        self.say(test, True, f' # SKIP {reason}')

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.complain(test, error)
        self.say(test, False)

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.failures.append((subtest, ''))
            self.complain(subtest, error)
            self.bad = True

    def stopTest(self, test):
        if self.bad:            # unittest reports nothing more of a test whose parts failed
            self.say(test, False)
        super().stopTest(test)


def run(module, names):
    """Runs a module's tests, or those with one of the names in theirs; returns the program's exit status."""
    loader = unittest.TestLoader()
    if names:
        loader.testNamePatterns = [f'*{name}*' for name in names]
    suite = loader.loadTestsFromModule(module)
    print(f'1..{suite.countTestCases()}', flush=True)
    result = Tap()
    suite.run(result)
    return 0 if result.wasSuccessful() else 1
