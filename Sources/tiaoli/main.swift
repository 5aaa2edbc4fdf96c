import Glibc
import PolicyREPL
import PolicyVerbs

exit(runCommandLine(Array(CommandLine.arguments.dropFirst()), openPrompt: openPrompt))
