package dev.attune.cli.lab;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.terminal.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code attune lab NAME}: experiments, with figures and targets. */
@Command(
        name = "lab",
        description = {
            "Run an experiment and print each figure beside its target. Exit status 1 if a target is missed.",
            "Without a name, list the experiments."
        },
        footer = {"", "Example:", "  attune lab parity --evidence docs/evidence/parity.txt"},
        subcommands = {
            PretrainLab.class,
            ConstitutionalLab.class,
            QuickstartLab.class,
            QuickstartDpoLab.class,
            ParityLab.class,
            SpeedLab.class,
            ContentionLab.class,
            HarmlessRewardLab.class,
            HarmlessProbeLab.class,
            HarmlessDpoLab.class,
            ChatSumsLab.class,
            StoriesLab.class,
            TicTacToeLab.class,
            GuessingLab.class,
            ArithmeticLab.class,
            MethodsLab.class,
            AdapterMemoryLab.class,
            ResumeLab.class,
            ServingLab.class,
            StudioLab.class,
            FeedbackLab.class,
            StopRuleLab.class,
            RewardHackingLab.class,
            OveroptimisationLab.class
        })
public final class Lab extends BaseCommand {
    @Override
    protected int run() {
        Table table = Table.of("", "");
        CommandLine line = new CommandLine(new Lab());
        line.getSubcommands().forEach((name, sub) -> {
            String[] description = sub.getCommandSpec().usageMessage().description();
            table.row(name, description.length == 0 ? "" : description[0]);
        });
        out().print(table);
        return 0;
    }
}
