import Glibc
import PolicyREPL
import PolicyVerbs

exit(
  runCommandLine(
    Array(CommandLine.arguments.dropFirst()), noticeInterrupt: noticeInterrupt, openPrompt: openPrompt))
