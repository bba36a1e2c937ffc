// Evaluates build constraints with Go's own package, for comparison.
//
// Each line of the input is a constraint, the tags of a universe (separated by commas), and sets of them as binary digits,
// all separated by tabs. Each line of the output is the constraint as Go prints it, a tab, and a digit for each set; or `!`
// and why Go cannot read it.
package main

import (
	"bufio"
	"fmt"
	"go/build/constraint"
	"os"
	"strings"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		fields := strings.Split(in.Text(), "\t")
		x, err := constraint.Parse(fields[0])
		if err != nil {
			fmt.Fprintf(out, "!%v\n", err)
			continue
		}
		fmt.Fprintf(out, "%s\t", x)
		universe := strings.Split(fields[1], ",")
		for _, set := range fields[2:] {
			if x.Eval(func(tag string) bool { return contains(universe, set, tag) }) {
				out.WriteByte('1')
			} else {
				out.WriteByte('0')
			}
		}
		out.WriteByte('\n')
	}
}

func contains(universe []string, set, tag string) bool {
	for i, name := range universe {
		if name == tag {
			return set[i] == '1'
		}
	}
	return false
}
